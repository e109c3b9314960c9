import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyLedgerEvent,
  businessKeyOf,
  definitionOf,
  type EventType,
  eventTypes,
  factIdOf,
  fieldsOf,
  isFactRefusal,
  keysOf,
  readFact,
  statementKeyOf,
} from '#events';
import { cloudEventOf, goldenOf } from './golden-events.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 20_000 : 400;

const order = 'order-shopify.store_eu:1001';

/**
 * Discriminators and business key of the golden events that do not say it themselves, as the
 * catalogue settles them.
 */
const settled: Readonly<Partial<Record<EventType, readonly [string[], string[] | null]>>> = {
  LedgerOpened: [[], null],
  SealPublished: [['directory', '/srv/audit/daybook', '4711'], null],
  ErasureRequested: [[], null],
  ErasureDeferred: [['2027-12-31'], null],
  SubjectKeyDestroyed: [['4f6f3a52-5ac0-4a1e-9d0b-0d8a1c6f2b11'], null],
  ErasureCompleted: [[], null],
  OrderCaptured: [[], [order]],
  OrderCancelled: [['can_1'], ['order-shopify.store_eu:1002', 'can_1']],
  OrderLineCancelled: [
    ['1', 'can_2'],
    [order, '1', 'can_2'],
  ],
  PromiseDateSet: [['1', '3', '2026-03-02'], null],
  CreditGranted: [['cm_1'], ['shopify.store_eu', 'cm_1']],
  PaymentAuthorized: [['auth_1'], ['payment-stripe.acct_1:pi_1', 'auth_1']],
  PaymentCaptured: [['ch_1'], ['payment-stripe.acct_1:pi_1', 'ch_1']],
  RefundIssued: [['rf_77'], ['payment-stripe.acct_1:pi_1', '']],
  ItemCostSet: [['piece', '2026-01-01'], null],
  StockReceived: [
    ['gr_1', '1'],
    ['dc1', 'gr_1', '1'],
  ],
  StockAllocated: [
    ['al_1', '1'],
    ['oms_eu', 'al_1', '1'],
  ],
  StockDeallocated: [
    ['al_1', '1', 'de_1'],
    ['oms_eu', 'al_1', '1', 'de_1'],
  ],
  StockIssued: [
    ['dc1', 'sh_1', '1', '0'],
    ['dc1', 'sh_1', '1', '0'],
  ],
  ShipmentDispatched: [[], ['shipment-wms.dc1:sh_1']],
  ShipmentScanned: [['sc_1'], null],
  ShipmentDelivered: [
    ['00340434161094000001', '1'],
    ['shipment-dhl.de:00340434161094000001', '00340434161094000001', 'delivered'],
  ],
  ReturnReceived: [
    ['dc1', 'rr_1', '1'],
    ['dc1', 'rr_1', '1'],
  ],
  ExternalReferenceAttached: [
    ['order', order],
    [order, 'payment-stripe.acct_1:pi_1'],
  ],
  EventCorrected: [['7f5b2c1e-0d2a-5a77-9b1f-3f1f0c2d4e5f', 'co_1'], null],
};

/** A golden event with something about it changed. */
const changed = (type: EventType, change: object, dataChange: object = {}): AnyLedgerEvent =>
  ({
    ...goldenOf(type),
    ...change,
    data: Object.assign({}, goldenOf(type).data, dataChange),
  }) as AnyLedgerEvent;

const discriminatorsOf = (event: AnyLedgerEvent) => statementKeyOf(event).slice(3);
const keyOf = (event: AnyLedgerEvent) => JSON.parse(businessKeyOf(event) ?? 'null') as string[];
const withoutTime = {
  occurrence: { occurredAt: null, precision: 'unknown', notBefore: null, notAfter: null },
};

describe('what tells reports and happenings apart', () => {
  it.each(Object.entries(settled))('is settled for %s', (name, [discriminators, businessKey]) => {
    const type = name as EventType;
    const event = goldenOf(type);
    expect(statementKeyOf(event)).toEqual([event.account, event.leaf, type, ...discriminators]);
    expect(keyOf(event)).toEqual(businessKey && [type, ...businessKey]);
  });
  it('is the time of a cancellation that has no id, and nothing where that is unknown', () => {
    const noId = { cancellation: undefined };
    expect(discriminatorsOf(changed('OrderCancelled', {}, noId))).toEqual([
      '2026-03-02T10:00:00.000Z',
    ]);
    expect(discriminatorsOf(changed('OrderCancelled', withoutTime, noId))).toEqual(['']);
    expect(discriminatorsOf(changed('OrderLineCancelled', withoutTime, noId))).toEqual(['1', '']);
  });
  it('is the promised date of a promise without a version', () => {
    expect(
      discriminatorsOf(changed('PromiseDateSet', { version: null }, { line: undefined })),
    ).toEqual(['', '2026-03-08', '2026-03-02']);
  });
  it('is code, time and place of a scan without an id', () => {
    expect(discriminatorsOf(changed('ShipmentScanned', {}, { scanId: undefined }))).toEqual([
      'IN_TRANSIT',
      '2026-03-05T02:12:00.000Z',
      'Leipzig',
    ]);
  });
  it('is the parcel of a delivery without a tracking number', () => {
    const parcel = { tracking: undefined, attempt: undefined };
    expect(discriminatorsOf(changed('ShipmentDelivered', {}, parcel))).toEqual(['1', '']);
  });
  it.each([
    ['PaymentAuthorized', 'authorization'],
    ['PaymentCaptured', 'capture'],
    ['RefundIssued', 'refund'],
  ] as const)("is the reporter's transaction for a %s without the provider's id", (type, field) => {
    const numbered = changed(type, { transaction: 't_9' }, { [field]: 'n_1' });
    const unnumbered = changed(type, { transaction: 't_9' }, { [field]: '' });
    expect([numbered, unnumbered].map(discriminatorsOf)).toEqual([['n_1'], ['t_9']]);
    expect(keyOf(unnumbered).at(-1)).toBe('');
  });
  it('is the same for the two directions of one tie', () => {
    const [left, right] = ['shipment-a:1', 'shipment-b:2'];
    const tie = (object: string, reference: string) =>
      changed(
        'ExternalReferenceAttached',
        { leaf: object },
        { object, reference, referenceType: 'shipment' },
      );
    expect(keyOf(tie(left, right))).toEqual(keyOf(tie(right, left)));
  });
  it('does not depend on how a character is spelled', () => {
    const [composed, decomposed] = ['Caf\u00e9', 'Cafe\u0301'].map((receipt) =>
      changed('StockReceived', {}, { receipt }),
    );
    expect(businessKeyOf(composed!)).toBe(businessKeyOf(decomposed!));
    expect(statementKeyOf(composed!)).toEqual(statementKeyOf(decomposed!));
  });
  it('names the node of a leaf that had to be shortened by what was kept beside it', () => {
    const sku = '😀'.repeat(100);
    const { subject: _subject, ...event } = cloudEventOf(goldenOf('StockReceived'));
    const reading = readFact({ ...event, sku, node: 'dc1' }, { zoneOf: () => undefined });
    if (isFactRefusal(reading)) throw new Error(reading.message);
    expect(businessKeyOf(reading.fact)).toBe('["StockReceived","dc1","gr_1","1"]');
    expect(keysOf(reading.fact).reads).toEqual([expect.stringMatching(/^item-de01:%F0%9F/)]);
  });
});

describe('where events belong', () => {
  const keys = (type: EventType) => keysOf(goldenOf(type));
  it.each([
    ['OrderCaptured', order],
    ['PaymentCaptured', 'payment-stripe.acct_1:pi_1'],
    ['ItemCostSet', 'item-de01:85123A'],
    ['StockAllocated', 'allocation-oms_eu:al_1:1'],
    ['StockDeallocated', 'allocation-oms_eu:al_1:1'],
    ['StockIssued', 'issue-dc1:sh_1:1:0'],
    ['StockReceived', 'receipt-dc1:gr_1:1'],
    ['ShipmentDispatched', 'shipment-wms.dc1:sh_1'],
    ['ReturnReceived', 'return-shopify.store_eu:ret_1'],
  ] as const)('is for %s the home %s', (type, home) => {
    expect(keys(type).home).toBe(home);
  });
  it('is with the orders they name', () => {
    const naming = [
      'PaymentAuthorized',
      'PaymentCaptured',
      'StockAllocated',
      'StockIssued',
      'ShipmentDispatched',
      'ReturnReceived',
      'ExternalReferenceAttached',
    ] as const;
    expect(naming.map((type) => keys(type).subjects)).toEqual(naming.map(() => [order]));
    expect(keys('RefundIssued').subjects).toEqual([]);
  });
  it('is one cluster for an allocation and the issue that names it or its order line', () => {
    const shared = (left: EventType, right: EventType) =>
      keys(left).connects.filter((name) => keys(right).connects.includes(name));
    expect(shared('StockAllocated', 'StockIssued')).toHaveLength(2);
    expect(shared('StockAllocated', 'StockDeallocated')).toHaveLength(1);
  });
  it('is with the cost that values them', () => {
    expect(keys('StockIssued').reads).toEqual(['item-de01:85123A']);
    expect(keys('StockReceived').reads).toEqual(['item-de01:85123A']);
  });
  it('is one dispatch where two systems name one parcel, each with its own word for the carrier', () => {
    const at = (leaf: string, carrier: string) =>
      keysOf(
        changed(
          'ShipmentDispatched',
          { leaf },
          {
            sameAs: undefined,
            trackings: [{ carrier, tracking: 'T1' }],
          },
        ),
      ).connects;
    expect(at('shipment-shop:1', 'DHL')).toEqual(at('shipment-wms:2', 'dhl_paket'));
  });
  it('is a correction beside what it corrects', () => {
    const target = (goldenOf('EventCorrected').data as { target: { eventId: string } }).target;
    const issued = changed('StockIssued', { eventId: target.eventId });
    expect(keys('EventCorrected').connects).toContain(keysOf(issued).connects[0]);
    const onOrder = changed('EventCorrected', { leaf: order });
    expect(keysOf(onOrder)).toMatchObject({ home: order, connects: [] });
  });
  it('is an alias within the order it is another name of', () => {
    const alias = changed(
      'ExternalReferenceAttached',
      { leaf: 'order-oms:7' },
      { object: 'order-oms:7' },
    );
    expect(keysOf(alias)).toMatchObject({ home: 'order-oms:7', absorbedBy: [order] });
  });
});

const facts = eventTypes.map(goldenOf).filter(({ kind }) => kind === 'fact');
const anyFact = fc.constantFrom(...facts);

/** Every place in data that holds a text or number, as a path. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]));
}

function withChange(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'number' ? value + 1 : `${String(value)}x`;
  if (Array.isArray(value)) {
    return value.map((member, index) =>
      String(index) === name ? withChange(member, rest) : member,
    );
  }
  const object = value as Record<string, unknown>;
  return { ...object, [name]: withChange(object[name], rest) };
}

function personalFieldsOf(event: AnyLedgerEvent): readonly string[] {
  return definitionOf(event.type).personalData.map(({ field }) => field);
}

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reordered(member)]),
  );
}

describe('the id of a fact', () => {
  it('is the same for the same statement, in whatever order its members are written', () => {
    fc.assert(
      fc.property(anyFact, (event) => {
        const reading = readFact(reordered(cloudEventOf(event)), { zoneOf: () => undefined });
        expect(reading).toMatchObject({ eventId: event.eventId });
      }),
      { numRuns: runs },
    );
  });
  it('is another for any change of any field but personal data, which never changes it', () => {
    fc.assert(
      fc.property(anyFact, fc.nat(), (event, at) => {
        const places = placesIn(event.data);
        const path = places[at % places.length]!;
        const data = withChange(event.data, path);
        const id = factIdOf({ ...event, data: data as object });
        expect(id === event.eventId).toBe(personalFieldsOf(event).includes(path[0]!));
      }),
      { numRuns: runs },
    );
  });
  it('is another where an optional field is left out', () => {
    for (const event of facts) {
      const { dataClass } = definitionOf(event.type);
      const optional = [...fieldsOf(dataClass).values()].filter(
        ({ name, optional: may }) => may && name in event.data,
      );
      for (const { name } of optional) {
        const { [name]: _left, ...data } = event.data as unknown as Record<string, unknown>;
        const same = personalFieldsOf(event).includes(name);
        expect(factIdOf({ ...event, data }) === event.eventId).toBe(same);
      }
    }
  });
  it('is another for another time, precision or bound, account or leaf', () => {
    fc.assert(
      fc.property(
        anyFact,
        fc.constantFrom('occurredAt', 'precision', 'notBefore', 'notAfter', 'account', 'leaf'),
        (event, field) => {
          const other =
            field === 'account' || field === 'leaf'
              ? { ...event, [field]: `${event[field]}x` }
              : { ...event, occurrence: { ...event.occurrence, [field]: 'other' } };
          expect(factIdOf(other as AnyLedgerEvent)).not.toBe(event.eventId);
        },
      ),
      { numRuns: runs },
    );
  });
  it('covers the version exactly where the class carries one', () => {
    for (const event of facts) {
      const other = factIdOf({ ...event, version: '99' });
      expect(other !== event.eventId).toBe(definitionOf(event.type).versioned);
    }
  });
  it("covers the reporter's transaction exactly where it stands in for the provider's id", () => {
    const changes = facts.filter(
      (event) => factIdOf({ ...event, transaction: 'other' }) !== event.eventId,
    );
    for (const event of changes) expect(statementKeyOf(event)).toContain(event.transaction);
  });
});
