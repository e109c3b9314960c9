import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1001';
const payment = 'payment-psp:pi_1';
const owner = { kind: 'legal_entity', id: 'de01' };

const captured = fact('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    line('A', 'goods', 2, 12_000, 1_200, 1_080),
    line('B', 'goods', 1, 8_000, 800, 720),
    line('S', 'shipping', 1, 1_000, 0, 100),
  ],
});

function line(
  id: string,
  kind: 'goods' | 'shipping',
  qty: number,
  gross: number,
  discount: number,
  tax: number,
) {
  return {
    line: id,
    kind,
    ...(kind === 'goods' ? { sku: id } : {}),
    qty,
    uom: 'each',
    gross: euro(gross),
    discount: euro(discount),
    taxes: [{ amount: euro(tax), liable: 'seller' as const }],
  };
}

const paid = fact(
  'PaymentCaptured',
  payment,
  {
    tender: 'card',
    amount: euro(20_900),
    legalEntity: 'de01',
    capture: 'ch_1',
    orderRefs: [{ order, amount: euro(20_900) }],
  },
  { account: 'psp' },
);

function dispatched(id: string, orderLine: string, qty: number, at: string): AnyLedgerEvent {
  return fact(
    'ShipmentDispatched',
    `shipment-wms:${id}`,
    { kind: 'original', lines: [{ order, orderLine, qty }] },
    { account: 'wms', at },
  );
}

function issued(sku: string, shipment: string, qty: number, at: string): AnyLedgerEvent {
  return fact(
    'StockIssued',
    `inventory-${sku}:dc1`,
    {
      owner,
      qty,
      uom: 'each',
      cause: 'sale',
      shipment,
      line: '1',
      component: 0,
      order,
      orderLine: sku,
    },
    { account: 'wms', at },
  );
}

function cost(sku: string, decimal: string): AnyLedgerEvent {
  return fact('ItemCostSet', `item-de01:${sku}`, {
    legalEntity: 'de01',
    sku,
    uom: 'each',
    cost: { decimal, currency: 'EUR' },
    validFrom: '2026-01-01',
  });
}

const first = dispatched('S1', 'A', 2, '2026-03-02T10:00:00.000Z');
const second = dispatched('S2', 'B', 1, '2026-03-03T10:00:00.000Z');

function entryLines(
  events: readonly AnyLedgerEvent[],
  event: AnyLedgerEvent,
): Record<string, bigint> {
  const lines: Record<string, bigint> = {};
  for (const row of fullFold(events).get('erp_postings.proposed_line')?.values() ?? []) {
    const [entryId, , account, , debit, credit] = row;
    if (String(entryId).startsWith(event.eventId)) {
      lines[String(account)] = BigInt(String(debit)) - BigInt(String(credit));
    }
  }
  return lines;
}

function balances(events: readonly AnyLedgerEvent[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const [, account, , , debit, credit] of fullFold(events)
    .get('erp_postings.balance')
    ?.values() ?? []) {
    sums[String(account)] =
      (sums[String(account)] ?? 0n) + BigInt(String(debit)) - BigInt(String(credit));
  }
  return sums;
}

describe('the worked example: 2 × A 60.00, B 80.00, discount 20.00, shipping 10.00, tax 19.00', () => {
  const history = [
    captured,
    paid,
    first,
    second,
    issued('A', 'S1', 2, '2026-03-02T10:00:00.000Z'),
    issued('B', 'S2', 1, '2026-03-03T10:00:00.000Z'),
    cost('A', '30.00'),
    cost('B', '50.00'),
  ];

  it('posts the capture against the contract', () => {
    expect(entryLines(history, paid)).toEqual({ clearing_card: 20_900n, contract: -20_900n });
  });
  it('posts the first shipment: revenue 120.00, discount 12.00, shipping 6.00, tax 11.40', () => {
    expect(entryLines(history, first)).toEqual({
      contract: 12_540n,
      discounts: 1_200n,
      revenue: -12_000n,
      shipping_revenue: -600n,
      tax_payable: -1_140n,
    });
  });
  it('posts the second shipment and leaves the contract at zero', () => {
    expect(entryLines(history, second)).toEqual({
      contract: 8_360n,
      discounts: 800n,
      revenue: -8_000n,
      shipping_revenue: -400n,
      tax_payable: -760n,
    });
    expect(balances(history)).toEqual({
      clearing_card: 20_900n,
      contract: 0n,
      discounts: 2_000n,
      revenue: -20_000n,
      shipping_revenue: -1_000n,
      tax_payable: -1_900n,
      cost_of_goods_sold: 11_000n,
      inventory: -11_000n,
    });
  });
  it('cancels B before shipment: refunding 83.60 touches no revenue and ends the contract at zero', () => {
    const cancelled = fact('OrderLineCancelled', order, { line: 'B', qty: 1, cancellation: 'x1' });
    const refund = fact(
      'RefundIssued',
      payment,
      {
        tender: 'card',
        amount: euro(8_360),
        legalEntity: 'de01',
        refund: 're_1',
        orderRefs: [{ order, amount: euro(8_360) }],
      },
      { account: 'psp' },
    );
    expect(balances([captured, paid, first, cancelled, refund])).toEqual({
      clearing_card: 12_540n,
      contract: 0n,
      discounts: 1_200n,
      revenue: -12_000n,
      shipping_revenue: -600n,
      tax_payable: -1_140n,
    });
  });
  it('credits one returned A with a tenth kept as a fee', () => {
    const credit = fact('CreditGranted', order, {
      creditMemo: 'cm1',
      legalEntity: 'de01',
      currency: 'EUR',
      basis: 'return',
      lines: [{ net: euro(5_400), tax: euro(540), line: 'A', qty: 1 }],
      fee: euro(540),
    });
    expect(entryLines([...history, credit], credit)).toEqual({
      sales_returns: 5_400n,
      tax_payable: 540n,
      fee_income: -540n,
      contract: -5_400n,
    });
  });
});
