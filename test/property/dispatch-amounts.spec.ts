import { describe, expect, it } from 'vitest';
import { type AnyLedgerEvent, checkParts, type EventData } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
type Line = EventData<'OrderCaptured'>['lines'][number];
type Released = NonNullable<EventData<'OrderLineCancelled'>['released']>;
type ReleasedShipping = NonNullable<EventData<'OrderCancelled'>['released']>;

function line(
  id: string,
  kind: Line['kind'],
  qty: number,
  gross: number,
  more: { readonly discount?: number; readonly tax?: number } = {},
): Line {
  return {
    line: id,
    kind,
    ...(kind === 'goods' ? { sku: id } : {}),
    qty,
    uom: 'each',
    gross: euro(gross),
    discount: euro(more.discount ?? 0),
    taxes: more.tax === undefined ? [] : [{ amount: euro(more.tax), liable: 'seller' }],
  };
}

function captured(...lines: Line[]): AnyLedgerEvent {
  return fact('OrderCaptured', order, {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'c1' },
    channel: 'web',
    lines,
  });
}

function dispatched(shipment: string, ...units: (readonly [string, number])[]): AnyLedgerEvent {
  return fact(
    'ShipmentDispatched',
    `shipment-wms:${shipment}`,
    { kind: 'original', lines: units.map(([orderLine, qty]) => ({ order, orderLine, qty })) },
    { account: 'wms', at: '2026-03-02T10:00:00.000Z' },
  );
}

function lineCancelled(orderLine: string, qty: number, released?: Released, id = 'x') {
  return fact('OrderLineCancelled', order, {
    line: orderLine,
    qty,
    cancellation: `${id} ${orderLine}`,
    ...(released ? { released } : {}),
  });
}

function orderCancelled(cancellation: string, released?: ReleasedShipping, at?: string) {
  return fact(
    'OrderCancelled',
    order,
    { cancellation, ...(released ? { released } : {}) },
    at === undefined ? {} : { at },
  );
}

function paid(minor: number): AnyLedgerEvent {
  return fact(
    'PaymentCaptured',
    'payment-psp:pi_1',
    {
      tender: 'card',
      amount: euro(minor),
      legalEntity: 'de01',
      capture: 'ch_1',
      orderRefs: [{ order, amount: euro(minor) }],
    },
    { account: 'psp' },
  );
}

/** What is posted, credits positive, accounts at zero left out. */
function posted(...events: AnyLedgerEvent[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const [, account, , , debit, credit] of fullFold(events)
    .get('erp_postings.balance')
    ?.values() ?? []) {
    const sum = (sums[String(account)] ?? 0n) + BigInt(String(credit)) - BigInt(String(debit));
    sums[String(account)] = sum;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
}

describe('a cancellation that dispatch beat', () => {
  it('releases nothing of the line and nothing of the shipping', () => {
    const given = captured(line('A', 'goods', 1, 1_000), line('S', 'shipping', 1, 500));
    const cancelled = lineCancelled('A', 1, { goods: euro(1_000), shipping: euro(500) });
    expect(posted(given, dispatched('1', ['A', 1]), cancelled)).toEqual({
      revenue: 1_000n,
      shipping_revenue: 500n,
      contract: -1_500n,
    });
  });
  it('releases the share of the units that it still took', () => {
    const given = captured(line('A', 'goods', 2, 2_000), line('S', 'shipping', 1, 500));
    const cancelled = lineCancelled('A', 2, { goods: euro(1_501), shipping: euro(401) });
    expect(posted(given, dispatched('1', ['A', 1]), cancelled)).toEqual({
      revenue: 1_250n,
      shipping_revenue: 300n,
      contract: -1_550n,
    });
  });
  it('of the whole order releases no shipping where every unit left', () => {
    const given = captured(line('A', 'goods', 1, 1_000), line('S', 'shipping', 1, 500));
    const cancelled = orderCancelled('x', { shipping: euro(500) });
    expect(posted(given, dispatched('1', ['A', 1]), cancelled)).toEqual({
      revenue: 1_000n,
      shipping_revenue: 500n,
      contract: -1_500n,
    });
  });
});

describe('cancellations of the whole order', () => {
  const given = captured(line('A', 'goods', 2, 2_000), line('S', 'shipping', 1, 1_000));
  const left = dispatched('1', ['A', 1]);

  it('release their shipping once', () => {
    const first = orderCancelled('x1', { shipping: euro(400) });
    const second = orderCancelled('x2', { shipping: euro(400) });
    expect(posted(given, left, first, second)['shipping_revenue']).toBe(600n);
  });
  it('release what the first of them states', () => {
    const first = orderCancelled('x1', { shipping: euro(300) }, '2026-03-01T10:00:00.000Z');
    const second = orderCancelled('x2', { shipping: euro(900) }, '2026-03-01T11:00:00.000Z');
    expect(posted(second, given, left, first)['shipping_revenue']).toBe(700n);
  });
  it('release a share of the shipping where the first states nothing', () => {
    const first = orderCancelled('x1', undefined, '2026-03-01T10:00:00.000Z');
    const second = orderCancelled('x2', { shipping: euro(900) }, '2026-03-01T11:00:00.000Z');
    expect(posted(given, left, first, second)['shipping_revenue']).toBe(500n);
  });
});

describe('a cancellation of a line that follows the goods', () => {
  const goods = line('A', 'goods', 1, 1_000);
  const left = dispatched('1', ['A', 1]);

  it('releases the shipping it states, once', () => {
    const given = captured(goods, line('S', 'shipping', 1, 500, { tax: 50 }));
    const whole = { shipping: euro(500), shippingTax: euro(50) };
    expect(posted(given, left, lineCancelled('S', 1, whole))).toEqual({
      revenue: 1_000n,
      contract: -1_000n,
    });
  });
  it('leaves the shipping that it does not release', () => {
    const given = captured(goods, line('S', 'shipping', 1, 500));
    const cancelled = lineCancelled('S', 1, { shipping: euro(200) });
    expect(posted(given, left, cancelled)['shipping_revenue']).toBe(300n);
  });
  it('releases the whole line where it states nothing', () => {
    const given = captured(goods, line('S', 'shipping', 1, 500));
    expect(posted(given, left, lineCancelled('S', 1))['shipping_revenue']).toBeUndefined();
  });
  it('releases a shipping line stated like any other line', () => {
    const given = captured(goods, line('S', 'shipping', 1, 500, { tax: 50 }));
    const whole = { goods: euro(500), tax: euro(50) };
    expect(posted(given, left, lineCancelled('S', 1, whole))).toEqual({
      revenue: 1_000n,
      contract: -1_000n,
    });
  });
  it('releases the fee it states, and the shipping it states from the shipping', () => {
    const given = captured(
      goods,
      line('S', 'shipping', 1, 500),
      line('F', 'fee', 1, 300, { discount: 100, tax: 30 }),
    );
    const released = {
      goods: euro(300),
      discount: euro(100),
      tax: euro(30),
      shipping: euro(200),
    };
    expect(posted(given, left, lineCancelled('F', 1, released))).toEqual({
      revenue: 1_000n,
      shipping_revenue: 300n,
      contract: -1_300n,
    });
  });
});

describe('released amounts', () => {
  const given = captured(
    line('A', 'goods', 2, 2_000, { discount: 200, tax: 380 }),
    line('S', 'shipping', 1, 500, { tax: 95 }),
  );
  const left = dispatched('1', ['A', 1]);

  it('never exceed what is left', () => {
    const cancelled = lineCancelled('A', 1, {
      goods: euro(9_000),
      discount: euro(9_000),
      tax: euro(9_000),
      shipping: euro(9_000),
      shippingTax: euro(9_000),
    });
    expect(posted(given, left, cancelled)).toEqual({});
  });
  it('leave no more to a later share than is there', () => {
    const three = captured(line('A', 'goods', 3, 3_000));
    const stated = lineCancelled('A', 1, { goods: euro(3_000) }, 'x1');
    const shared = lineCancelled('A', 1, undefined, 'x2');
    expect(posted(three, left, stated, shared)).toEqual({});
  });
  it('in another currency than the order’s count as not stated', () => {
    const yen = { minor: 1_900, currency: 'JPY' };
    const cancelled = lineCancelled('A', 1, { goods: yen, shipping: yen });
    expect(posted(given, left, cancelled)).toEqual(posted(given, left, lineCancelled('A', 1)));
    const whole = orderCancelled('x', { shipping: yen });
    expect(posted(given, left, whole)).toEqual(posted(given, left, orderCancelled('x')));
  });
  it('are refused in several currencies', () => {
    const mixed = { shipping: euro(1), shippingTax: { minor: 1, currency: 'JPY' } };
    const faults = [orderCancelled('x', mixed), lineCancelled('A', 1, mixed)].map(checkParts);
    expect(faults).toEqual([
      expect.objectContaining({ code: 'field_invalid', field: 'data.released' }),
      expect.objectContaining({ code: 'field_invalid', field: 'data.released' }),
    ]);
  });
  it('are accepted in one currency, and where they are left out', () => {
    const one = { shipping: euro(1), shippingTax: euro(1) };
    const events = [
      orderCancelled('x', one),
      orderCancelled('x'),
      lineCancelled('A', 1, one),
      lineCancelled('A', 1),
    ];
    expect(events.map(checkParts)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('an order without goods', () => {
  it.each(['donation', 'fee', 'tip', 'duty', 'container_deposit'] as const)(
    'earns its %s line as it is dispatched',
    (kind) => {
      const given = captured(line('D', kind, 1, 1_000, { discount: 100, tax: 90 }));
      expect(posted(given, paid(990), dispatched('1', ['D', 1]))).toEqual({
        clearing_card: -990n,
        revenue: 1_000n,
        discounts: -100n,
        tax_payable: 90n,
      });
    },
  );
  it('earns each line with its own units', () => {
    const given = captured(line('D', 'donation', 3, 1_000), line('S', 'shipping', 1, 500));
    const first = dispatched('1', ['D', 1]);
    const second = dispatched('2', ['S', 1], ['D', 2]);
    expect(posted(given, first)).toEqual({ revenue: 333n, contract: -333n });
    expect(posted(given, paid(1_500), first, second)).toEqual({
      clearing_card: -1_500n,
      revenue: 1_000n,
      shipping_revenue: 500n,
    });
  });
  it('earns only the units that were not cancelled', () => {
    const given = captured(line('D', 'donation', 2, 1_000), line('S', 'shipping', 2, 500));
    const sent = dispatched('1', ['D', 1], ['S', 1]);
    expect(posted(given, sent, orderCancelled('x'))).toEqual({
      revenue: 500n,
      shipping_revenue: 250n,
      contract: -750n,
    });
    expect(posted(given, sent, orderCancelled('x', { shipping: euro(400) }))).toEqual({
      revenue: 500n,
      shipping_revenue: 100n,
      contract: -600n,
    });
    const cancelled = lineCancelled('D', 1, { goods: euro(300), shipping: euro(100) });
    const alone = captured(line('D', 'donation', 2, 1_000), line('S', 'shipping', 1, 500));
    expect(posted(alone, sent, cancelled)).toEqual({
      revenue: 700n,
      shipping_revenue: 400n,
      contract: -1_100n,
    });
  });
});
