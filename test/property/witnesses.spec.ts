import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { type FoldedTables, fullFold, textOf } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const shuffles = isDeep ? 50 : 5;
const order = 'order-shop:1';
const payment = 'payment-psp:pi_1';
const orderRefs = [{ order, amount: euro(2_000) }];

const captured = fact('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: '1',
      kind: 'goods',
      sku: 'A',
      qty: 2,
      uom: 'each',
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});

type Witness = (account: string, amount: number, at: string) => AnyLedgerEvent;

const units = (qty: number) => [{ order, orderLine: '1', qty }];
const seen = (account: string, at: string): FactSketch => ({ account, at });

/** One happening that several systems report, by its amount in cents or its units. */
interface Happening {
  readonly issuer: string;
  readonly right: number;
  readonly wrong: number;
  readonly report: Witness;
}

const dispatch: Witness = (account, qty, at) =>
  fact(
    'ShipmentDispatched',
    'shipment-wms:s1',
    { kind: 'original', lines: units(qty), trackings: [{ carrier: 'dhl', tracking: 'T1' }] },
    seen(account, at),
  );

const happenings: Readonly<Record<string, Happening>> = {
  'a capture': {
    issuer: 'psp',
    right: 2_000,
    wrong: 1_900,
    report: (account, minor, at) =>
      fact(
        'PaymentCaptured',
        payment,
        {
          tender: 'card',
          amount: euro(minor),
          legalEntity: 'de01',
          capture: 'ch_1',
          orderRefs: account === 'psp' ? orderRefs : null,
        },
        seen(account, at),
      ),
  },
  'a refund': {
    issuer: 'psp',
    right: 500,
    wrong: 600,
    report: (account, minor, at) =>
      fact(
        'RefundIssued',
        payment,
        {
          tender: 'card',
          amount: euro(minor),
          legalEntity: 'de01',
          refund: 're_1',
          orderRefs: account === 'psp' ? [{ order, amount: euro(minor) }] : null,
        },
        seen(account, at),
      ),
  },
  'a dispatch': { issuer: 'wms', right: 2, wrong: 1, report: dispatch },
  'a pickup': {
    issuer: 'wms',
    right: 2,
    wrong: 1,
    report: (account, qty, at) =>
      fact('PickupCompleted', 'pickup-wms:p1', { lines: units(qty) }, seen(account, at)),
  },
  'goods that left the stock': {
    issuer: 'wms',
    right: 2,
    wrong: 1,
    report: (account, qty, at) =>
      fact(
        'StockIssued',
        'inventory-A:dc1',
        {
          owner: { kind: 'legal_entity', id: 'de01' },
          qty,
          uom: 'each',
          cause: 'sale',
          shipment: 'shipment-wms:s1',
          line: '1',
          component: 0,
          order,
          orderLine: '1',
        },
        seen(account, at),
      ),
  },
  'a delivery': {
    issuer: 'wms',
    right: 2,
    wrong: 1,
    report: (account, qty, at) =>
      fact(
        'ShipmentDelivered',
        'shipment-wms:s1',
        { tracking: 'T1', lines: units(qty) },
        seen(account, at),
      ),
  },
};

const [first, second, third] = [
  '2026-03-02T10:00:00.000Z',
  '2026-03-02T10:05:00.000Z',
  '2026-03-02T10:10:00.000Z',
] as const;
const sent = dispatch('wms', 2, '2026-03-02T09:00:00.000Z');
const moved = [
  'erp_postings.balance',
  'erp_postings.contract_balance',
  'inventory_reservations.stock',
];

function effectOf(events: readonly AnyLedgerEvent[]): string {
  const tables = fullFold(events);
  return textOf(new Map([...tables].filter(([name]) => moved.includes(name))));
}

function cell(tables: FoldedTables, table: string, column: number): readonly string[] {
  return [...(tables.get(table)?.values() ?? [])].map((row) => String(row[column]));
}

function codesOf(events: readonly AnyLedgerEvent[]): readonly string[] {
  return cell(fullFold(events), 'order_timeline.finding', 1);
}

describe.each(Object.entries(happenings))('three witnesses of %s', (name, happening) => {
  const { issuer, right, wrong, report } = happening;
  const before = name === 'a delivery' ? [captured, sent] : [captured];
  const best = report(issuer, right, third);
  const others = [report('shop', right, first), report('erp', right, second)];

  it('have the effect of the best of them, once', () => {
    expect(effectOf([...before, best, ...others])).toBe(effectOf([...before, best]));
    expect(effectOf([...before, best]) === effectOf(before)).toBe(name === 'a delivery');
  });
  it('give the same tables however they arrive, and however often', () => {
    const history = [...before, best, ...others];
    const expected = textOf(fullFold(history));
    for (let seed = 1; seed <= shuffles; seed += 1) {
      const random = new Random(seed);
      const arrived = random.shuffled([...history, random.pick(history), random.pick(history)]);
      expect(textOf(fullFold(arrived)), `seed ${seed}`).toBe(expected);
    }
  });
  it('agree without a finding, and disagree with one until the odd one is corrected', () => {
    expect(codesOf([...before, best, ...others])).not.toContain('witnesses_disagree');
    const odd = report('bank', wrong, second);
    const history = [...before, best, ...others, odd];
    expect(codesOf(history)).toContain('witnesses_disagree');
    expect(effectOf(history)).toBe(effectOf([...before, best]));
    const { leaf, eventId, type } = odd;
    const correction = fact(
      'EventCorrected',
      leaf,
      { target: { leaf, eventId, type }, correction: 'k', reason: 'incorrect_data' },
      { account: 'bank' },
    );
    expect(codesOf([...history, correction])).not.toContain('witnesses_disagree');
  });
});
