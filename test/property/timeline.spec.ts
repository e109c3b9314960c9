import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { daybookGroup } from '#projections';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, plainReference, textOf } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';

const order = 'order-shop:1';
const payment = 'payment-psp:pi_1';
const parcel = 'shipment-wms:s1';
const owner = { kind: 'legal_entity', id: 'de01' } as const;
const orderRefs = [{ order, amount: euro(2_000) }];

function on(day: number, sketch: FactSketch = {}): FactSketch {
  return { at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`, ...sketch };
}

function told<Type extends EventType>(type: Type, day: number, data: EventData<Type>) {
  return fact(type, order, data, on(day));
}

const captured = told('OrderCaptured', 1, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  externalIds: [{ system: 'marketplace', id: '303 1234' }],
  lines: [
    {
      line: 'A',
      kind: 'goods',
      sku: 'A',
      qty: 4,
      uom: 'each',
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});
const paid = (account: string, sketch: FactSketch = {}) =>
  fact(
    'PaymentCaptured',
    payment,
    {
      tender: 'card',
      amount: euro(2_000),
      legalEntity: 'de01',
      capture: 'ch_1',
      orderRefs,
      lastFourDigits: '4242',
    },
    { ...on(2), account, ...sketch },
  );
const authorized = fact(
  'PaymentAuthorized',
  payment,
  {
    tender: 'card',
    amount: euro(2_000),
    authorization: 'au_1',
    orderRefs,
    expiresAt: '2026-03-09T00:00:00.000Z',
  },
  on(1, { account: 'psp' }),
);
const promised = (day: number, date: string, cause?: string) =>
  told('PromiseDateSet', day, { promised: date, ...(cause === undefined ? {} : { cause }) });
const scanned = (day: number, code: string) =>
  fact(
    'ShipmentScanned',
    parcel,
    { code, scanId: code, tracking: 'JD 01' },
    on(day, { account: 'dhl' }),
  );
const dispatched = (qty: number, sketch: FactSketch = {}) =>
  fact(
    'ShipmentDispatched',
    parcel,
    {
      kind: 'original',
      lines: [{ order, orderLine: 'A', qty }],
      trackings: [{ carrier: 'dhl', tracking: 'JD 01' }],
    },
    on(3, { account: 'wms', ...sketch }),
  );
const delivered = fact('ShipmentDelivered', parcel, {}, on(6, { account: 'wms' }));
const corrected = (target: AnyLedgerEvent, replacedBy?: string) =>
  fact(
    'EventCorrected',
    target.leaf,
    {
      target: { leaf: target.leaf, eventId: target.eventId, type: target.type },
      correction: `co ${target.eventId}`,
      reason: 'incorrect_data',
      ...(replacedBy === undefined ? {} : { replacedBy }),
    },
    on(8, { account: target.account }),
  );

type TableRow = Readonly<Record<string, unknown>>;

const tables = daybookGroup(plainReference).projections.flatMap(({ name, tables: own }) =>
  own.map((table) => ({ name: `${name}.${table.name}`, table })),
);

/** The rows of a table of the timeline, by their columns' names. */
function rowsOf(table: string, events: readonly AnyLedgerEvent[]): readonly TableRow[] {
  const name = `order_timeline.${table}`;
  const columns = tables
    .find((each) => each.name === name)!
    .table.columns.filter(({ arrival }) => arrival !== true);
  return [...(fullFold(events).get(name)?.values() ?? [])].map((values) =>
    Object.fromEntries(columns.map((column, index) => [column.name, values[index]])),
  );
}

const headerOf = (...events: readonly AnyLedgerEvent[]): TableRow =>
  rowsOf('order_header', events).find((row) => row['order_leaf'] === order)!;

/** Each entry of the order with the one it is told under. */
function linesOf(events: readonly AnyLedgerEvent[]): ReadonlyMap<unknown, unknown> {
  return new Map(
    rowsOf('entry', events)
      .filter((row) => row['subject'] === order)
      .map((row) => [row['event_id'], row['line_of']]),
  );
}

describe('what happened at one instant', () => {
  it('is told in the order in which it is done, whatever its ids are', () => {
    const at = { at: '2026-03-01T10:00:00.000Z' };
    const sold = [
      fact('ShipmentDelivered', parcel, {}, at),
      dispatched(4, at),
      paid('psp', at),
      promised(1, '2026-03-05'),
      captured,
    ];
    const told = rowsOf('entry', sold)
      .filter((row) => row['subject'] === order)
      .toSorted((left, right) => (String(left['stage']) < String(right['stage']) ? -1 : 1));
    expect(told.map((row) => row['type'])).toEqual(sold.map(({ type }) => type).reverse());
  });
});

describe('a timeline has one line a happening', () => {
  it('with the other witnesses of one capture under the one that is believed', () => {
    const [psp, shop, bank] = [paid('psp'), paid('shop'), paid('bank')];
    const lines = linesOf([captured, shop, bank, psp]);
    expect(lines.get(psp.eventId)).toBeNull();
    expect(lines.get(shop.eventId)).toBe(psp.eventId);
    expect(lines.get(bank.eventId)).toBe(psp.eventId);
  });

  it('with the scans of a parcel under the last of them', () => {
    const [first, second, last] = [scanned(4, 'out'), scanned(5, 'hub'), scanned(5, 'van')];
    const lines = linesOf([captured, dispatched(4), first, last, second]);
    const heads = [first, second, last].filter(({ eventId }) => lines.get(eventId) === null);
    expect(heads).toHaveLength(1);
    expect(lines.get(first.eventId)).toBe(heads[0]!.eventId);
    expect(lines.get(first.eventId)).not.toBe(first.eventId);
  });

  it('with a promise under the one that took its place', () => {
    const [before, now] = [promised(2, '2026-03-05'), promised(3, '2026-03-07')];
    const lines = linesOf([captured, now, before]);
    expect([lines.get(before.eventId), lines.get(now.eventId)]).toEqual([now.eventId, null]);
  });

  it('with what was annulled, and its correction, under what says it right', () => {
    const [wrong, right] = [paid('psp'), paid('psp', { ...on(3), transaction: 'again' })];
    const correction = corrected(wrong, right.eventId);
    const lines = linesOf([captured, wrong, correction, right]);
    expect(lines.get(wrong.eventId)).toBe(right.eventId);
    expect(lines.get(correction.eventId)).toBe(right.eventId);
    expect(lines.get(right.eventId)).toBeNull();
  });

  it('with what was annulled under its correction where nothing says it right', () => {
    const correction = corrected(authorized);
    expect(linesOf([captured, paid('psp'), authorized, correction]).get(authorized.eventId)).toBe(
      correction.eventId,
    );
  });
});

const released = told('OrderReleased', 2, { target: 'wms' });
const held = told('OrderHoldPlaced', 2, { holdId: 'h1', type: 'fraud', blocks: ['dispatch'] });
const letGo = told('OrderHoldReleased', 3, { holdId: 'h1' });
const review = told('FraudReviewRequested', 2, { provider: 'risk' });
const cleared = told('FraudCleared', 3, { provider: 'risk' });
const failed = told('OrderValidationFailed', 2, {
  validator: 'address',
  errors: [{ code: 'no_street' }],
});
const passed = told('OrderValidated', 3, { validator: 'address' });
const expired = fact(
  'PaymentAuthorizationExpired',
  payment,
  { amount: euro(2_000), authorization: 'au_1', orderRefs },
  on(9, { account: 'psp' }),
);
const raised = fact(
  'ExceptionRaised',
  'exception-desk:e1',
  {
    type: 'address',
    severity: 'high',
    ownerTeam: 'service',
    about: [order],
    dueAt: '2026-03-08T00:00:00.000Z',
  },
  on(4),
);
const resolved = fact(
  'ExceptionResolved',
  'exception-desk:e1',
  { rootCause: 'typo', action: 'corrected' },
  on(5),
);
const backordered = fact(
  'StockBackordered',
  'inventory-A:dc1',
  {
    authority: 'wms',
    backorder: 'b1',
    line: '1',
    order,
    orderLine: 'A',
    owner,
    qty: 3,
    uom: 'each',
    expectedAt: '2026-03-20',
  },
  on(2, { account: 'wms' }),
);
const filled = fact(
  'BackorderFilled',
  'inventory-A:dc1',
  { authority: 'wms', backorder: 'b1', line: '1', fill: 'f1', qty: 3, uom: 'each' },
  on(3, { account: 'wms' }),
);
const disputed = fact(
  'DisputeOpened',
  payment,
  { dispute: 'd1', kind: 'chargeback', amount: euro(2_000), orderRefs },
  on(10, { account: 'psp' }),
);
const evidence = fact(
  'DisputeEvidenceDue',
  payment,
  { dispute: 'd1', dueAt: '2026-05-12' },
  on(10, { account: 'psp' }),
);
const won = fact('DisputeWon', payment, { dispute: 'd1' }, on(12, { account: 'psp' }));
const credited = told('CreditGranted', 8, {
  creditMemo: 'cm1',
  legalEntity: 'de01',
  currency: 'EUR',
  basis: 'goodwill',
  lines: [{ net: euro(500), tax: euro(0) }],
});
const refunded = fact(
  'RefundIssued',
  payment,
  {
    tender: 'card',
    amount: euro(500),
    legalEntity: 'de01',
    refund: 're_1',
    orderRefs: [{ order, amount: euro(500) }],
    creditMemo: 'cm1',
    acquirerReference: 'ARN 77',
    expectedAt: '2026-03-15',
  },
  on(9, { account: 'psp' }),
);

describe('what blocks an order, and who acts then', () => {
  it.each([
    ['a hold', 'on_hold', 'order_management', [held], [letGo]],
    ['a fraud review', 'fraud_review', 'fraud_team', [review], [cleared]],
    ['a failed check', 'check_failed', 'customer_service', [failed], [passed]],
    ['an exception', 'exception_open', 'customer_service', [raised], [resolved]],
    ['stock that is to come', 'backordered', 'inventory_planning', [backordered], [filled]],
  ] as const)('%s, until it is over', (_what, blocker, owner_, told_, over) => {
    const base = [captured, paid('psp')];
    expect(headerOf(...base, ...told_)).toMatchObject({
      blocked_by: [blocker],
      next_owner: owner_,
    });
    expect(headerOf(...base, ...told_, ...over)).toMatchObject({
      blocked_by: [],
      next_owner: 'warehouse',
    });
  });

  it('a payment that is missing, or whose approval expired', () => {
    expect(headerOf(captured).blocked_by).toEqual(['payment_missing']);
    expect(headerOf(captured, authorized).blocked_by).toEqual([]);
    expect(headerOf(captured, authorized, expired)).toMatchObject({
      blocked_by: ['authorization_expired', 'payment_missing'],
      next_owner: 'payment_service',
    });
  });

  it('a dispute until it is won, with the day by which evidence is due', () => {
    const done = [captured, paid('psp'), dispatched(4), delivered];
    expect(headerOf(...done, disputed, evidence)).toMatchObject({
      blocked_by: ['dispute_open'],
      next_owner: 'finance',
      next_due: 'evidence_due',
      evidence_due_at: '2026-05-12',
    });
    expect(headerOf(...done, disputed, evidence, won)).toMatchObject({
      blocked_by: [],
      next_owner: 'nobody',
      evidence_due_at: null,
    });
  });

  it('a refund that is owed, until it is sent', () => {
    const done = [captured, paid('psp'), dispatched(4), delivered, credited];
    expect(headerOf(...done)).toMatchObject({
      blocked_by: ['refund_owed'],
      refund_owed_minor: 500n,
    });
    expect(headerOf(...done, refunded)).toMatchObject({
      blocked_by: [],
      refund_owed_minor: 0n,
      refund_expected_at: '2026-03-15',
    });
  });
});

const requested = fact(
  'FulfilmentRequested',
  'fulfilment-wms:f1',
  {
    node: 'dc1',
    lines: [{ order, orderLine: 'A', qty: 4 }],
    pickDueAt: '2026-03-04T12:00:00.000Z',
  },
  on(2, { account: 'wms' }),
);
const picked = fact(
  'ItemsPicked',
  'fulfilment-wms:f1',
  { lines: [{ order, orderLine: 'A', qty: 4 }] },
  on(3, { account: 'wms' }),
);
const task = fact(
  'PickupTaskCreated',
  'pickup-store:p1',
  { node: 'store', lines: [{ order, orderLine: 'A', qty: 4 }] },
  on(2, { account: 'store' }),
);
const ready = fact(
  'PickupReady',
  'pickup-store:p1',
  { expiresAt: '2026-03-12' },
  on(3, { account: 'store' }),
);

describe('what is due', () => {
  it('is the pick until it is done, the approval, and the promise', () => {
    const promise = promised(1, '2026-03-06');
    const waiting = [captured, authorized, promise, requested];
    expect(headerOf(...waiting)).toMatchObject({
      next_due: 'pick_due',
      pick_due_at: '2026-03-04T12:00:00.000Z',
      authorization_expires_at: '2026-03-09T00:00:00.000Z',
      promised: '2026-03-06',
    });
    expect(headerOf(...waiting, picked)['pick_due_at']).toBeNull();
    expect(headerOf(...waiting, paid('psp'), dispatched(4))).toMatchObject({
      pick_due_at: null,
      authorization_expires_at: null,
      next_owner: 'carrier',
      next_due: 'promise',
    });
  });

  it('is the collection of what is ready', () => {
    expect(headerOf(captured, paid('psp'), task, ready)).toMatchObject({
      status: 'ready_for_pickup',
      next_owner: 'customer',
      next_due: 'pickup_expiry',
      pickup_expires_at: '2026-03-12',
    });
  });
});

describe('the parts of an order', () => {
  it('count how far the units of a line ever got', () => {
    const [line] = rowsOf('order_line', [captured, released, requested, picked, dispatched(3)]);
    expect(line).toMatchObject({ ordered: 4, released: 4, picked: 4, dispatched: 3, delivered: 0 });
  });

  it('are its tenders, its refunds and what it binds', () => {
    const events = [captured, authorized, paid('psp'), dispatched(4), credited];
    expect(rowsOf('order_tender', events)).toMatchObject([
      { payment, tender: 'card', authorized_minor: 2_000n, captured_minor: 2_000n },
    ]);
    expect(rowsOf('order_refund', events)).toMatchObject([{ state: 'granted', minor: 500n }]);
    expect(rowsOf('order_commitment', events)).toMatchObject([
      { kind: 'refund_owed', minor: 500n },
    ]);
    const after = [...events, refunded];
    expect(rowsOf('order_refund', after)).toMatchObject([
      {
        state: 'sent',
        minor: 500n,
        tender: 'card',
        reference: 'ARN 77',
        expected_at: '2026-03-15',
      },
    ]);
    expect(rowsOf('order_commitment', after)).toEqual([]);
  });

  it('bind approved money and stock that is to come', () => {
    expect(rowsOf('order_commitment', [captured, authorized, backordered])).toMatchObject([
      { kind: 'stock_backordered', place: 'dc1', qty: 3, due_at: '2026-03-20' },
      { kind: 'money_authorized', place: payment, minor: 2_000n, unit: 'EUR' },
    ]);
  });

  it('are found by what is no id of theirs', () => {
    const events = [
      captured,
      paid('psp'),
      paid('bank'),
      dispatched(4),
      scanned(4, 'out'),
      refunded,
    ];
    const keys = rowsOf('search_key', events).map(
      ({ kind, value }) => `${String(kind)} ${String(value)}`,
    );
    expect(keys.sort()).toEqual([
      'bank_reference ARN77',
      'card_digits 4242',
      'credit_memo CM1',
      'customer C1',
      'external_id 3031234',
      'tracking JD01',
    ]);
    const wrong = corrected(dispatched(4));
    const found = rowsOf('search_key', [captured, dispatched(4), wrong]);
    expect(found.map(({ kind }) => kind)).toEqual(['customer', 'external_id']);
  });
});

describe('all of it', () => {
  it('is the same in whatever order it arrives, and however often', () => {
    const story = [
      [captured, authorized, ...['psp', 'shop', 'bank'].map((account) => paid(account))],
      [promised(2, '2026-03-05'), promised(3, '2026-03-07', 'carrier_delay')],
      [held, letGo, review, cleared, failed, passed, raised, resolved, released],
      [backordered, filled, requested, picked, task, ready, dispatched(3), delivered],
      [scanned(4, 'out'), scanned(5, 'hub'), corrected(scanned(5, 'hub'))],
      [disputed, evidence, won, credited, refunded, expired],
    ].flat();
    const straight = textOf(fullFold(story));
    const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 50 : 5;
    for (let seed = 1; seed <= runs; seed += 1) {
      const random = new Random(seed);
      const repeats = story.filter(() => random.chance(0.3));
      const shuffled = random.shuffled([...story, ...repeats]);
      expect(textOf(fullFold(shuffled)), `seed ${seed}`).toBe(straight);
    }
  });
});
