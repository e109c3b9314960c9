import { describe, expect, it } from 'vitest';
import {
  type AnyLedgerEvent,
  type EventType,
  eventTypes,
  keptByHappening,
  keptByPart,
  keysOf,
} from '#events';
import { categoryOf, parseLeaf } from '#kernel';
import { sampleOf } from '../fixtures/events/index.js';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

/** Two customers who have nothing to do with each other; whatever is one's own bears the name. */
const customers = ['anna', 'beate'] as const;
type Customer = (typeof customers)[number];

/** What many things may name and that makes one of them, so that they are judged together. */
const joined: Readonly<Partial<Record<EventType, string>>> = {
  ShipmentDispatched: 'shipments that are said to be the same are one shipment',
};

const ownKinds = ['order', 'payment', 'fulfilment', 'shipment', 'pickup', 'return', 'exchange'];

/** What of two orders is told together since it is one thing, and why. */
const shared: Readonly<Partial<Record<EventType, string>>> = {
  OrderMarkedDuplicate: 'it says that two orders are one',
  OrderMergeReverted: 'it says that two orders were taken for one',
  ContractBalanceTransferred: 'a balance goes from one order to the other',
  ExchangeOpened: 'the goods of one order are exchanged against those of the other',
};

/** Documents that one fact tells whole, so that two facts tell of two. */
const documentsKeptWhole: readonly EventType[] = [
  'SupplierInvoiceReceived',
  'SupplierCreditNoteReceived',
];

const thingOf = (kind: string, whose: string): string => `${kind}-x:${whose}`;
const orderOf = (customer: Customer): string => thingOf('order', customer);

/** Fields that say what is the same for everybody, such as a place; ids are everybody's own. */
const common = new Set(
  ['legalEntity', 'node', 'from', 'to', 'sku', 'uom', 'period', 'currency', 'destination'].concat([
    'decimal',
    'ruleVersion',
    'businessDay',
    'basis',
    'originalPeriod',
    'validFrom',
  ]),
);

/**
 * The sample of a class as it is told for one customer. What it lies on is the customer's own where
 * it is kept as one; documents over many things, and whatever else it names, are shared by both.
 */
function toldFor(type: EventType, customer: Customer, own: string = customer): AnyLedgerEvent {
  const { leaf, account, data, time, version } = sampleOf(type);
  const category = categoryOf(leaf);
  const isHub = keptByPart(leaf) || (keptByHappening(leaf) && !documentsKeptWhole.includes(type));
  const told = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => told(item, field));
    if (typeof value === 'object' && value !== null) return toldFields(value, told);
    if (typeof value !== 'string') return value;
    const kind = categoryOf(value);
    if (kind === 'order') return orderOf(customer);
    if (value === leaf) return ownLeaf;
    if (kind === category) return thingOf(kind, 'everybody');
    if (ownKinds.includes(kind) && parseLeaf(value) !== undefined) return thingOf(kind, own);
    const isId = /\d/.test(value) && !/^\d{4}-\d\d/.test(value) && parseLeaf(value) === undefined;
    return isId && !common.has(field) ? `${value}-${own}` : value;
  };
  const isOwnKind = ownKinds.includes(category);
  const ownLeaf = isOwnKind ? thingOf(category, own) : isHub ? leaf : `${leaf}-${own}`;
  const sketch = { account, at: time ?? '2026-03-10T12:00:00.000Z' };
  return fact(type, ownLeaf, toldFields(data, told) as never, {
    ...sketch,
    ...(version === undefined ? {} : { version }),
  });
}

function toldFields(data: object, told: (value: unknown, field: string) => unknown): object {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, told(value, field)]),
  );
}

/** One event that names both customers wherever it may name several. */
function toldForBoth(type: EventType): AnyLedgerEvent | undefined {
  const [mine, hers] = [toldFor(type, 'anna'), toldFor(type, 'beate', 'anna')];
  let isOfBoth = false;
  const data = Object.fromEntries(
    Object.entries(mine.data).map(([field, value]: [string, unknown]) => {
      const other: unknown = Reflect.get(hers.data, field);
      if (!Array.isArray(value) || !Array.isArray(other)) return [field, value];
      if (JSON.stringify(value) === JSON.stringify(other)) return [field, value];
      isOfBoth = true;
      return [field, [...(value as unknown[]), ...(other as unknown[])]];
    }),
  );
  return isOfBoth ? fact(type, mine.leaf, data as never, { account: mine.account }) : undefined;
}

/** An order of one customer with a thing of every kind that is known to be of it. */
function orderWithThings(customer: Customer): readonly AnyLedgerEvent[] {
  const order = orderOf(customer);
  const amount = euro(1_000);
  const lines = [{ order, orderLine: '1', qty: 1 }];
  const line = { line: '1', kind: 'goods' as const, sku: 'A', qty: 1, uom: 'each' };
  return [
    fact('OrderCaptured', order, {
      legalEntity: 'de01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: customer },
      channel: 'web',
      lines: [{ ...line, gross: amount, discount: euro(0), taxes: [] }],
    }),
    fact('PaymentCaptured', thingOf('payment', customer), {
      tender: 'card',
      amount,
      legalEntity: 'de01',
      capture: `ch-${customer}`,
      orderRefs: [{ order, amount }],
    }),
    fact('FulfilmentRequested', thingOf('fulfilment', customer), { node: 'dc1', lines }),
    fact('ShipmentDispatched', thingOf('shipment', customer), { kind: 'original', lines }),
    fact('PickupTaskCreated', thingOf('pickup', customer), { node: 'dc1', lines }),
    fact('ReturnRequested', thingOf('return', customer), { lines }),
    fact('ExchangeOpened', thingOf('exchange', customer), {
      order,
      kind: 'standard',
      newLines: [{ sku: 'B', qty: 1 }],
    }),
  ];
}

/** The homes that are judged together with those of the first customer. */
function judgedWithAnna(events: readonly AnyLedgerEvent[]): ReadonlySet<string> {
  const placed = events.map(keysOf);
  const reached = new Set(
    placed
      .filter(({ home, subjects }) => [home, ...subjects].includes(orderOf('anna')))
      .map(({ home }) => home),
  );
  // A set is walked on through what is added to it on the way.
  const names = new Set<string>();
  for (const home of reached) {
    for (const keys of placed) {
      const own = [keys.home, ...keys.connects];
      if (keys.home === home) for (const name of own) names.add(name);
      if (own.some((name) => names.has(name))) reached.add(keys.home);
    }
  }
  return reached;
}

const both = customers.flatMap(orderWithThings);

/** The rows of one order in which the other customer's name stands. */
function rowsNamingTheOther(events: readonly AnyLedgerEvent[]): readonly string[] {
  return [...fullFold(events)].flatMap(([table, rows]) =>
    [...rows.values()]
      .filter((row) => row.includes(orderOf('anna')))
      .map((row) => `${table} ${row.map(String).join(' ')}`)
      .filter((text) => text.includes('beate')),
  );
}

describe.each(eventTypes.filter((type) => shared[type] === undefined))('%s', (type) => {
  it('of two orders shows on each nothing of the other', () => {
    const told = customers.map((customer) => toldFor(type, customer));
    expect(rowsNamingTheOther([...both, ...told])).toEqual([]);
  });
  it.skipIf(joined[type])('of two orders is judged for each by itself', () => {
    const told = customers.map((customer) => toldFor(type, customer));
    const homes = [...judgedWithAnna([...both, ...told])];
    expect(homes.filter((home) => home.includes('beate'))).toEqual([]);
  });
  it('that names both shows on each its own part', () => {
    const told = toldForBoth(type);
    if (told !== undefined) expect(rowsNamingTheOther([...both, told])).toEqual([]);
  });
});

describe('what is odd about the part of one order', () => {
  const linesOf = (qty: number) => customers.map((customer) => ({ ...lineOf(customer), qty }));
  const lineOf = (customer: Customer) => ({ order: orderOf(customer), orderLine: '1', qty: 1 });
  const wave = 'fulfilment-x:wave';
  const parcel = 'return-x:parcel';
  const findingsOf = (customer: Customer, events: readonly AnyLedgerEvent[]) =>
    [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])]
      .filter(([subject]) => subject === orderOf(customer))
      .map(([, code]) => code);

  it('of a wave is found for that order alone', () => {
    const packed = [
      fact('FulfilmentRequested', wave, { node: 'dc1', lines: linesOf(1) }),
      fact('ItemsPicked', wave, { lines: linesOf(1) }),
      fact('ItemsPacked', wave, { lines: [lineOf('anna'), { ...lineOf('beate'), qty: 2 }] }),
    ];
    expect(findingsOf('beate', [...both, ...packed])).toContain('packed_more_than_picked');
    expect(findingsOf('anna', [...both, ...packed])).not.toContain('packed_more_than_picked');
  });
  it('of goods that came back together is found for that order alone', () => {
    const received = (customer: Customer, qty: number) =>
      fact('ReturnReceived', parcel, {
        ...lineOf(customer),
        qty,
        node: 'dc1',
        receipt: 'r1',
        line: customer,
        sku: 'A',
      });
    const came = [
      fact('ReturnRequested', parcel, { lines: linesOf(1) }),
      received('anna', 1),
      received('beate', 2),
    ];
    expect(findingsOf('beate', [...both, ...came])).toContain('returned_more_than_announced');
    expect(findingsOf('anna', [...both, ...came])).not.toContain('returned_more_than_announced');
    expect(rowsNamingTheOther([...both, ...came])).toEqual([]);
  });
});
