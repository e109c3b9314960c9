import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData } from '#events';
import { orderHeaderTable } from '../../projections/order-timeline/v1/tables.js';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
type Line = EventData<'OrderCaptured'>['lines'][number];

function line(id: string, qty: number, gross: number, discount = 0, tax = 0): Line {
  const kind = id.startsWith('S') ? 'shipping' : 'goods';
  return {
    line: id,
    kind,
    ...(kind === 'goods' ? { sku: id } : {}),
    qty,
    uom: 'each',
    gross: euro(gross),
    discount: euro(discount),
    taxes: [{ amount: euro(tax), liable: 'seller' }],
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

function amended(day: number, ...lines: Line[]): AnyLedgerEvent {
  const effectiveAt = instant(day);
  return fact(
    'OrderAmendmentConfirmed',
    order,
    { amendment: `a${day}`, currency: 'EUR', lines, effectiveAt },
    { at: effectiveAt },
  );
}

function dispatched(day: number, ...units: (readonly [string, number])[]): AnyLedgerEvent {
  return fact(
    'ShipmentDispatched',
    `shipment-wms:${day}`,
    { kind: 'original', lines: units.map(([orderLine, qty]) => ({ order, orderLine, qty })) },
    { account: 'wms', at: instant(day) },
  );
}

function pickedUp(day: number, ...units: (readonly [string, number])[]): AnyLedgerEvent {
  return fact(
    'PickupCompleted',
    `pickup-store:${day}`,
    { lines: units.map(([orderLine, qty]) => ({ order, orderLine, qty })) },
    { account: 'store', at: instant(day) },
  );
}

function substituted(day: number, of: string, qty: number, newLine: Line, consent = 'given') {
  return fact(
    'OrderLineSubstituted',
    order,
    {
      substitution: `s${day}`,
      line: of,
      qty,
      currency: 'EUR',
      newLine,
      priceRule: 'new_price',
      customerConsent: consent,
    },
    { at: instant(day) },
  );
}

function instant(day: number): string {
  return `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`;
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

/** Column values of an order's lines: ordered, cancelled, dispatched, status. */
function lines(...events: AnyLedgerEvent[]): Record<string, readonly unknown[]> {
  const rows = fullFold(events).get('order_timeline.order_line')?.values() ?? [];
  return Object.fromEntries(
    [...rows].map((row) => [String(row[1]), [row[5], row[6], row[7], row.at(-1)]]),
  );
}

function ordered(...events: AnyLedgerEvent[]): unknown {
  const [header] = fullFold(events).get('order_timeline.order_header')?.values() ?? [];
  return header?.[orderHeaderTable.columns.findIndex(({ name }) => name === 'ordered_minor')];
}

describe('an order edited after its first shipment', () => {
  const given = captured(
    line('A', 2, 12_000, 1_200, 1_080),
    line('B', 1, 8_000, 800, 720),
    line('S', 1, 1_000, 0, 100),
  );
  const first = dispatched(2, ['A', 2]);
  const edit = amended(
    3,
    line('A', 2, 12_000, 1_200, 1_080),
    line('C', 1, 5_000, 0, 500),
    line('S', 1, 1_000, 0, 100),
  );
  const atFirst = {
    contract: -12_540n,
    revenue: 12_000n,
    discounts: -1_200n,
    shipping_revenue: 600n,
    tax_payable: 1_140n,
  };

  it('keeps what was posted for the shipped line', () => {
    expect(posted(given, first)).toEqual(atFirst);
    expect(posted(given, first, edit)).toEqual(atFirst);
  });
  it('prices the added line with what is left of the shipping', () => {
    expect(posted(given, first, edit, dispatched(4, ['C', 1]))).toEqual({
      contract: -18_480n,
      revenue: 17_000n,
      discounts: -1_200n,
      shipping_revenue: 1_000n,
      tax_payable: 1_680n,
    });
  });
  it('is worth what was performed and what is open', () => {
    expect(ordered(given, first, edit)).toBe(18_480n);
  });
  it('shows the dropped line as cancelled and the added one as open', () => {
    expect(lines(given, first, edit)).toEqual({
      A: [2, 0, 2, 'dispatched'],
      B: [1, 1, 0, 'cancelled'],
      C: [1, 0, 0, 'captured'],
      S: [1, 0, 0, 'captured'],
    });
  });
  it('does not follow a price cut on a shipped line: that is a credit', () => {
    const cut = amended(3, line('A', 2, 9_000), line('B', 1, 8_000, 800, 720));
    expect(posted(given, first, cut)).toEqual(atFirst);
  });
  it('takes a shipment of the added line that was sent before the change took effect', () => {
    const early = dispatched(2, ['C', 1]);
    expect(lines(given, early, edit)['C']).toEqual([1, 0, 1, 'dispatched']);
    expect(posted(given, early, edit)['revenue']).toBe(5_000n);
  });
});

describe('an amendment of units', () => {
  const given = captured(line('A', 3, 3_000));
  it('that are fewer cancels the rest, and never what left', () => {
    const sent = dispatched(2, ['A', 2]);
    expect(lines(given, sent, amended(3, line('A', 1, 1_000)))['A']).toEqual([
      3,
      1,
      2,
      'dispatched',
    ]);
  });
  it('that are more adds to them', () => {
    expect(lines(given, amended(3, line('A', 5, 5_000)))['A']).toEqual([5, 0, 0, 'captured']);
  });
});

describe('an item that is replaced before a pickup', () => {
  const given = captured(
    line('A', 1, 5_455, 0, 545),
    line('B', 1, 4_545, 0, 455),
    line('C', 1, 3_636, 0, 364),
  );
  const replacement = line('D', 1, 4_091, 0, 409);
  const notFound = fact(
    'OrderLineCancelled',
    order,
    { line: 'C', qty: 1, cancellation: 'not found' },
    { at: instant(3) },
  );
  const taken = pickedUp(4, ['A', 1], ['D', 1]);

  it('posts the pickup with the price of the replacement', () => {
    const swap = substituted(2, 'B', 1, replacement);
    expect(posted(given, swap, notFound, taken)).toEqual({
      contract: -10_500n,
      revenue: 9_546n,
      tax_payable: 954n,
    });
    expect(lines(given, swap, notFound, taken)).toEqual({
      A: [1, 0, 0, 'delivered'],
      B: [1, 1, 0, 'cancelled'],
      C: [1, 1, 0, 'cancelled'],
      D: [1, 0, 0, 'delivered'],
    });
  });
  it('stays as it was where the customer refuses', () => {
    const refused = substituted(2, 'B', 1, replacement, 'refused');
    expect(lines(given, refused)['B']).toEqual([1, 0, 0, 'captured']);
    expect(lines(given, refused)['D']).toBeUndefined();
  });
  it('replaces only the units it speaks of', () => {
    const pair = captured(line('A', 2, 2_001));
    const swap = substituted(2, 'A', 1, line('B', 1, 500));
    const rest = dispatched(3, ['A', 1], ['B', 1]);
    expect(posted(pair, swap, rest)['revenue']).toBe(1_500n);
  });
  it('adds units to a line that the order has already', () => {
    const pair = captured(line('A', 2, 2_000), line('B', 3, 3_000));
    const swap = substituted(2, 'A', 2, line('B', 2, 1_800));
    const rest = dispatched(3, ['B', 5]);
    expect(posted(pair, swap, rest)['revenue']).toBe(4_800n);
    expect(lines(pair, swap, rest)).toEqual({
      A: [2, 2, 0, 'cancelled'],
      B: [5, 0, 5, 'dispatched'],
    });
    expect(ordered(pair, swap)).toBe(4_800n);
  });
  it('counts each unit once where several substitutions bring one line', () => {
    const four = captured(line('A', 4, 4_000));
    const swaps = [
      substituted(2, 'A', 1, line('B', 1, 900)),
      substituted(3, 'A', 2, line('B', 2, 1_800)),
    ];
    const rest = dispatched(4, ['B', 3], ['A', 1]);
    expect(posted(four, ...swaps, rest)['revenue']).toBe(3_700n);
    expect(lines(four, ...swaps, rest)['B']).toEqual([3, 0, 3, 'dispatched']);
  });
});

describe('whatever is amended', () => {
  const quantities = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  const order1 = fc.record({ before: quantities, after: quantities, sent: quantities });
  const linesOf = (counts: readonly number[], price: number) => [
    ...counts.map((qty, index) => line(`L${index}`, qty, qty * price + index, index, index * 3)),
    line('S', 1, 777, 0, 55),
  ];

  it('performed units keep their amounts, and all units sent come to the order', () => {
    fc.assert(
      fc.property(order1, ({ before, after, sent }) => {
        const sentFirst = before.map((qty, index) => Math.min(qty, sent[index] ?? 0));
        // Shipping follows goods; where none are left to send, nothing performs what is left of it.
        fc.pre(after.some((qty, index) => qty > (sentFirst[index] ?? 0)));
        const given = captured(...linesOf(before, 333));
        const first = dispatched(2, ...sentFirst.map((qty, index) => [`L${index}`, qty] as const));
        const change = amended(3, ...linesOf(after, 333));
        const rest = dispatched(4, ...after.map((qty, index) => [`L${index}`, qty] as const));
        const early = revenueOf(given, first);
        const all = [given, first, change, rest];
        expect(revenueByShipment(all).get('shipment-wms:2') ?? 0n).toBe(early);
        const contract = -(posted(...all)['contract'] ?? 0n);
        expect(contract).toBe(BigInt(String(ordered(...all))));
      }),
      { numRuns: process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 2_000 : 60 },
    );
  });
});

function revenueOf(...events: AnyLedgerEvent[]): bigint {
  return revenueByShipment(events).get('shipment-wms:2') ?? 0n;
}

/** What each dispatch debits the contract with. */
function revenueByShipment(events: readonly AnyLedgerEvent[]): ReadonlyMap<string, bigint> {
  const tables = fullFold(events);
  const leafOfEntry = new Map(
    [...(tables.get('erp_postings.proposed_entry')?.values() ?? [])].map((row) => [
      String(row[0]),
      String(row[3]),
    ]),
  );
  const sums = new Map<string, bigint>();
  for (const row of tables.get('erp_postings.proposed_line')?.values() ?? []) {
    if (row[2] !== 'contract') continue;
    const leaf = leafOfEntry.get(String(row[0])) ?? '';
    sums.set(leaf, (sums.get(leaf) ?? 0n) + BigInt(String(row[4])) - BigInt(String(row[5])));
  }
  return sums;
}
