import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';

const numRuns = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 4_000 : 150;
const order = 'order-shop:1';
const payment = 'payment-psp:pi_1';

interface Line {
  readonly line: string;
  readonly kind: 'goods' | 'shipping' | 'fee';
  readonly qty: number;
  readonly gross: number;
  readonly discount: number;
  readonly tax: number;
}

function linesOf(random: Random): readonly Line[] {
  const line = (id: string, kind: Line['kind'], qty: number): Line => {
    const gross = random.between(0, 99_999);
    return {
      line: id,
      kind,
      qty,
      gross,
      discount: random.between(0, gross),
      tax: random.between(0, 9_999),
    };
  };
  const goods = Array.from({ length: random.between(1, 4) }, (_unused, index) =>
    line(`${index}`, 'goods', random.between(1, 7)),
  );
  return [...goods, line('S', 'shipping', 1), ...(random.chance(0.3) ? [line('F', 'fee', 1)] : [])];
}

function captured(lines: readonly Line[]): AnyLedgerEvent {
  return fact('OrderCaptured', order, {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: 'c1' },
    channel: 'web',
    lines: lines.map(({ line, kind, qty, gross, discount, tax }) => ({
      line,
      kind,
      ...(kind === 'goods' ? { sku: `sku ${line}` } : {}),
      qty,
      uom: 'each',
      gross: euro(gross),
      discount: euro(discount),
      taxes: [{ amount: euro(tax), liable: 'seller' as const }],
    })),
  });
}

function dispatches(random: Random, units: readonly string[]): readonly AnyLedgerEvent[] {
  const parcels = new Map<number, string[]>();
  for (const unit of random.shuffled(units)) {
    const parcel = random.between(0, 3);
    parcels.set(parcel, [...(parcels.get(parcel) ?? []), unit]);
  }
  return [...parcels].map(([parcel, sent]) =>
    fact(
      'ShipmentDispatched',
      `shipment-wms:${parcel}`,
      {
        kind: 'original',
        lines: [...new Set(sent)].map((orderLine) => ({
          order,
          orderLine,
          qty: sent.filter((unit) => unit === orderLine).length,
        })),
      },
      random.chance(0.2)
        ? { account: 'wms', at: null }
        : { account: 'wms', at: `2026-03-0${random.between(1, 9)}T10:00:00.000Z` },
    ),
  );
}

function tender(type: 'PaymentCaptured' | 'RefundIssued', minor: number): AnyLedgerEvent {
  const common = {
    tender: 'card' as const,
    amount: euro(minor),
    legalEntity: 'de01',
    orderRefs: [{ order, amount: euro(minor) }],
  };
  return type === 'PaymentCaptured'
    ? fact(type, payment, { ...common, capture: 'ch' }, { account: 'psp' })
    : fact(type, payment, { ...common, refund: 're' }, { account: 'psp' });
}

function contractBalance(history: readonly AnyLedgerEvent[]): bigint {
  const rows = [...(fullFold(history).get('erp_postings.contract_balance')?.values() ?? [])];
  return rows.reduce(
    (sum, [, , , , debit, credit]) => sum + BigInt(String(debit)) - BigInt(String(credit)),
    0n,
  );
}

const totalOf = (lines: readonly Line[]) =>
  lines.reduce((sum, { gross, discount, tax }) => sum + gross - discount + tax, 0);

describe('the contract account of a finished order', () => {
  it('is zero however the order was split into shipments', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const lines = linesOf(random);
        const units = lines
          .filter(({ kind }) => kind === 'goods')
          .flatMap(({ line, qty }) => Array.from({ length: qty }, () => line));
        const history = [
          captured(lines),
          tender('PaymentCaptured', totalOf(lines)),
          ...dispatches(random, units),
        ];
        expect(contractBalance(random.shuffled(history))).toBe(0n);
      }),
      { numRuns },
    );
  });

  it('is zero when units were cancelled and what they released was refunded', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const lines = linesOf(random);
        const goods = lines.filter(({ kind }) => kind === 'goods');
        const cancelled = goods[0] as Line;
        const qty = random.between(1, cancelled.qty);
        const whole = goods.length === 1 && qty === cancelled.qty;
        const released = {
          goods: euro(qty === cancelled.qty ? cancelled.gross : random.between(0, cancelled.gross)),
          discount: euro(qty === cancelled.qty ? cancelled.discount : 0),
          tax: euro(qty === cancelled.qty ? cancelled.tax : random.between(0, cancelled.tax)),
        };
        const back = released.goods.minor - released.discount.minor + released.tax.minor;
        const units = goods.flatMap(({ line, qty: ordered }) =>
          Array.from({ length: line === cancelled.line ? ordered - qty : ordered }, () => line),
        );
        fc.pre(!whole && back > 0);
        const cancellation = fact('OrderLineCancelled', order, {
          line: cancelled.line,
          qty,
          cancellation: 'x',
          released,
        });
        const history = [
          captured(lines),
          cancellation,
          tender('PaymentCaptured', totalOf(lines)),
          tender('RefundIssued', back),
          ...dispatches(random, units),
        ];
        expect(contractBalance(random.shuffled(history))).toBe(0n);
      }),
      { numRuns },
    );
  });

  it('is zero when every unit left in spite of cancellations', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const lines = linesOf(random);
        const goods = lines.filter(({ kind }) => kind === 'goods');
        const units = goods.flatMap(({ line, qty }) => Array.from({ length: qty }, () => line));
        const shipping = { shipping: euro(random.between(0, 99_999)) };
        const beaten = goods.map(({ line, qty, gross }) =>
          fact('OrderLineCancelled', order, {
            line,
            qty: random.between(1, qty),
            cancellation: line,
            ...(random.chance(0.7) ? { released: { goods: euro(gross), ...shipping } } : {}),
          }),
        );
        const history = [
          captured(lines),
          ...beaten,
          fact('OrderCancelled', order, { cancellation: 'whole', released: shipping }),
          tender('PaymentCaptured', totalOf(lines)),
          ...dispatches(random, units),
        ];
        expect(contractBalance(random.shuffled(history))).toBe(0n);
      }),
      { numRuns },
    );
  });
});
