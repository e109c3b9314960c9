import { describe, expect, it } from 'vitest';
import { orderHeaderTable } from '../../projections/order-timeline/v1/tables.js';
import { findingCodes as registeredCodes, reservationsOf, reportOf, subjectViewOf } from '#domain';
import { type AnyLedgerEvent, factIdOf, isFactRefusal, readFact } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, plainReference } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const second = 'order-shop:2';
const payment = 'payment-psp:pi_1';
const owner = { kind: 'legal_entity', id: 'de01' };

const captured = orderCaptured(order);

function orderCaptured(leaf: string, sketch: FactSketch = {}): AnyLedgerEvent {
  return fact(
    'OrderCaptured',
    leaf,
    {
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
          gross: euro(1_000),
          discount: euro(0),
          taxes: [],
        },
      ],
    },
    sketch,
  );
}

interface PaymentSketch extends FactSketch {
  readonly currency?: string;
  readonly legalEntity?: string;
  readonly orders?: readonly (readonly [string, number])[];
}

function capture(number: string, minor: number, sketch: PaymentSketch = {}): AnyLedgerEvent {
  return fact('PaymentCaptured', payment, paid(minor, sketch, { capture: number }), {
    account: 'psp',
    ...sketch,
  });
}

function refund(number: string, minor: number, sketch: PaymentSketch = {}): AnyLedgerEvent {
  return fact('RefundIssued', payment, paid(minor, sketch, { refund: number }), {
    account: 'psp',
    ...sketch,
  });
}

function paid<Named extends object>(minor: number, sketch: PaymentSketch, named: Named) {
  const { currency = 'EUR', legalEntity = 'de01', orders } = sketch;
  return {
    tender: 'card' as const,
    amount: { minor, currency },
    legalEntity,
    orderRefs:
      orders?.map(([leaf, part]) => ({ order: leaf, amount: { minor: part, currency } })) ?? null,
    ...named,
  };
}

function tie(object: string, reference: string, minor?: number, at?: string): AnyLedgerEvent {
  return fact(
    'ExternalReferenceAttached',
    object,
    {
      object,
      referenceType: 'order',
      reference,
      ...(minor === undefined ? {} : { amount: euro(minor) }),
    },
    { account: 'crm', ...(at === undefined ? {} : { at }) },
  );
}

function rows(events: readonly AnyLedgerEvent[], table: string) {
  return [...(fullFold(events).get(table)?.values() ?? [])];
}

function codes(events: readonly AnyLedgerEvent[], subject = order): readonly string[] {
  return rows(events, 'order_timeline.finding')
    .filter((row) => row[0] === subject)
    .map((row) => String(row[1]));
}

/** The place of a column in the rows of headers. */
function headerColumn(column: string): number {
  return orderHeaderTable.columns.findIndex(({ name }) => name === column);
}

function headerOf(events: readonly AnyLedgerEvent[], subject = order): readonly unknown[] {
  return rows(events, 'order_timeline.order_header').find((row) => row[0] === subject) ?? [];
}

describe('several witnesses of one payment', () => {
  const other = capture('ch_1', 700, { account: 'zbank', orders: [[order, 700]] });

  it('do not lend the parts of another amount', () => {
    expect(headerOf([captured, capture('ch_1', 1_000), other])[capturedColumn]).toBe(1_000n);
    expect(codes([captured, capture('ch_1', 1_000), other])).toContain('witnesses_disagree');
  });
});

describe('several witnesses of one issue', () => {
  const from = 'inventory-A:dc1';
  const issue = (account: string, named: object) =>
    fact('StockIssued', from, { ...issued, ...named }, { account });
  const completedOf = (events: readonly AnyLedgerEvent[]) =>
    viewOf(events).effective('StockIssued')[0]?.event.data;

  it('lend an order with its line, or neither', () => {
    const best = issue('a', { allocation: 'al', allocationLine: '1' });
    const lending = issue('b', { order, orderLine: '1', allocation: 'xx', allocationLine: '9' });
    const halves = [issue('a', { orderLine: '7' }), issue('b', { order, orderLine: '1' })];
    for (const events of [[best, lending], halves]) {
      const data = completedOf(events);
      expect([
        [undefined, '7'],
        [order, '1'],
      ]).toContainEqual([data?.order, data?.orderLine]);
      expect(data?.allocationLine === '1').toBe(data?.allocation === 'al');
    }
  });
});

describe('the ties of one payment', () => {
  const ties = [
    tie(payment, order, 600, '2026-03-01T08:00:00.000Z'),
    tie(payment, second, 400, '2026-03-01T09:00:00.000Z'),
  ];
  const captures = [
    capture('ch_1', 500, { at: '2026-03-02T10:00:00.000Z' }),
    capture('ch_2', 500, { at: '2026-03-03T10:00:00.000Z' }),
  ];
  const moneyOf = (events: readonly AnyLedgerEvent[], column: number) => [
    headerOf(events)[column],
    headerOf(events, second)[column],
  ];
  const orders = [captured, orderCaptured(second)];

  it('cap what all its captures give an order', () => {
    const history = [...orders, ...ties, ...captures];
    expect(moneyOf(history, capturedColumn)).toEqual([600n, 400n]);
  });
  it('cap its refunds on their own', () => {
    const refunds = [refund('r1', 300), refund('r2', 500, { at: '2026-03-05T10:00:00.000Z' })];
    expect(moneyOf([...orders, ...ties, ...captures, ...refunds], refundedColumn)).toEqual([
      600n,
      200n,
    ]);
  });
  it('count what an event states itself towards their amount', () => {
    const stated = capture('ch_1', 500, { orders: [[order, 500]] });
    const later = capture('ch_2', 500, { at: '2026-03-03T10:00:00.000Z' });
    expect(moneyOf([...orders, ...ties, stated, later], capturedColumn)).toEqual([600n, 400n]);
  });
});

const capturedColumn = headerColumn('captured_minor');
const refundedColumn = headerColumn('refunded_minor');

describe('money of another kind', () => {
  const dollars = capture('ch_2', 900, { currency: 'USD', orders: [[order, 900]] });
  const euros = capture('ch_1', 1_000, { orders: [[order, 1_000]] });

  it('in another currency is told and not added', () => {
    expect(headerOf([captured, euros, dollars])[capturedColumn]).toBe(1_000n);
    expect(codes([captured, euros, dollars])).toEqual(['currency_differs_from_order']);
  });
  it('of another legal entity is told', () => {
    const foreign = capture('ch_1', 1_000, { legalEntity: 'fr01', orders: [[order, 1_000]] });
    expect(codes([captured, foreign])).toEqual(['legal_entity_differs']);
  });
  it('that no order takes is told', () => {
    const part = [tie(payment, order, 600), capture('ch_1', 1_000)];
    expect(codes([captured, ...part])).toContain('payment_not_applied');
  });
});

const allocated = (more: object = {}, leaf = 'inventory-A:dc1', sketch: FactSketch = {}) =>
  fact(
    'StockAllocated',
    leaf,
    {
      authority: 'oms',
      allocation: 'al',
      line: '1',
      order,
      orderLine: '1',
      owner,
      qty: 2,
      uom: 'each',
      ...more,
    },
    sketch,
  );
const issued = {
  owner,
  qty: 2,
  uom: 'each',
  cause: 'sale' as const,
  shipment: 's1',
  line: '1',
  component: 0,
};
const issue = (more: object) =>
  fact('StockIssued', 'inventory-A:dc1', {
    ...issued,
    allocation: 'al',
    allocationLine: '1',
    ...more,
  });
const given = (more: object) =>
  fact('StockDeallocated', 'inventory-A:dc1', {
    authority: 'oms',
    allocation: 'al',
    line: '1',
    deallocation: 'd1',
    qty: 2,
    uom: 'each',
    ...more,
  });

function viewOf(events: readonly AnyLedgerEvent[]) {
  const homes = new Map([['all', events.map((event) => reportOf(event, plainReference))]]);
  return subjectViewOf(
    { subject: order, homes, referenceHomes: new Map(), absorbed: [] },
    plainReference,
  );
}

describe('an allocation', () => {
  const open = (events: readonly AnyLedgerEvent[]) =>
    reservationsOf(viewOf(events)).map((reservation) => reservation.open);

  it('is used up by units of its own kind only', () => {
    expect(open([allocated(), issue({})])).toEqual([0]);
    expect(open([allocated(), issue({ uom: 'case' })])).toEqual([2]);
    expect(open([allocated(), issue({ owner: { kind: 'legal_entity', id: 'fr01' } })])).toEqual([
      2,
    ]);
    expect(open([allocated(), given({})])).toEqual([0]);
    expect(open([allocated(), given({ uom: 'case' })])).toEqual([2]);
  });
  it('that more was taken from is told on its order', () => {
    expect(codes([captured, allocated(), issue({ qty: 3 })])).toContain('allocation_overdrawn');
    expect(codes([captured, allocated(), issue({})])).not.toContain('allocation_overdrawn');
  });
  it('of one name on two items is a disagreement', () => {
    const other = allocated({}, 'inventory-B:dc1', { account: 'wms' });
    const same = allocated({}, 'inventory-A:dc1', { account: 'wms' });
    expect(codes([captured, allocated(), other])).toContain('witnesses_disagree');
    expect(codes([captured, allocated(), same])).not.toContain('witnesses_disagree');
  });
});

describe('an order with other names', () => {
  const alias = 'order-oms:9';
  const third = 'order-erp:3';

  it('promises what was said last, under whichever name', () => {
    const promise = (leaf: string, promised: string, at: string) =>
      fact('PromiseDateSet', leaf, { promised }, { at, account: leaf === alias ? 'oms' : 'shop' });
    const early = (leaf: string) => promise(leaf, '2026-03-20', '2026-03-01T10:00:00.000Z');
    const late = (leaf: string) => promise(leaf, '2026-03-10', '2026-03-02T10:00:00.000Z');
    for (const promises of [
      [early(order), late(alias)],
      [early(alias), late(order)],
    ]) {
      const header = headerOf([captured, tie(alias, order), ...promises]);
      expect(header[headerColumn('promised')]).toBe('2026-03-10');
    }
  });
  it('of which one is tied to two orders is told', () => {
    const ties = [tie(alias, order), tie(alias, third, undefined, '2026-03-09T10:00:00.000Z')];
    expect(codes([captured, ...ties])).toContain('several_surviving_orders');
    expect(codes([captured, tie(alias, order)])).not.toContain('several_surviving_orders');
  });
});

describe('the cost of an item', () => {
  it('is set for each unit of measure on its own', () => {
    const cost = (uom: string, decimal: string) =>
      fact('ItemCostSet', 'item-de01:A', {
        legalEntity: 'de01',
        sku: 'A',
        uom,
        cost: { decimal, currency: 'EUR' },
        validFrom: '2026-01-01',
      });
    const costs = [cost('each', '1.00'), cost('case', '12.00')];
    const view = viewOf(costs);
    expect(view.effective('ItemCostSet')).toHaveLength(2);
    expect(view.findings).toEqual([]);
    expect(new Set(costs.map(factIdOf)).size).toBe(2);
  });
});

describe('what is read at the edge', () => {
  const sent = (data: object, more: object) =>
    readFact(
      {
        specversion: '1.0',
        id: 'd1',
        source: 'wms',
        time: '2026-03-01T10:00:00Z',
        type: 'ShipmentDispatched',
        data,
        ...more,
      },
      { zoneOf: () => undefined },
    );
  const lines = [{ order, orderLine: '1', qty: 1 }];

  it('keeps one spelling of a raw id', () => {
    const long = 'é'.repeat(200);
    const readings = [long.normalize('NFC'), long.normalize('NFD')].map((objectid) =>
      sent({ kind: 'original', lines }, { objectid }),
    );
    const kept = readings.map((reading) =>
      isFactRefusal(reading) ? reading : [reading.eventId, reading.objectParts],
    );
    expect(kept[0]).toEqual([expect.any(String), ['wms', long.normalize('NFC')]]);
    expect(kept[1]).toEqual(kept[0]);
  });
  it('refuses a dispatch of too many orders with too many parcels', () => {
    const dispatch = (orders: number, parcels: number) =>
      sent(
        {
          kind: 'original',
          lines: Array.from({ length: orders }, (_unused, index) => ({
            order: `order-shop:${index}`,
            orderLine: '1',
            qty: 1,
          })),
          trackings: Array.from({ length: parcels }, (_unused, index) => ({
            carrier: 'dhl',
            tracking: `T${index}`,
          })),
        },
        { objectid: 's1' },
      );
    expect(isFactRefusal(dispatch(80, 50))).toBe(false);
    expect(dispatch(81, 50)).toMatchObject({ field: 'data.trackings' });
  });
});

describe('the register of findings', () => {
  it('names each once', () => {
    expect(new Set(registeredCodes).size).toBe(registeredCodes.length);
  });
});
