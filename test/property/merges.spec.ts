import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { type FoldedTables, fullFold } from '../fixtures/full-fold.js';
import { countedTables, whatCounts } from '../fixtures/what-counts.js';

const web = 'order-shop:1';
const erp = 'order-erp:9';
const payment = 'payment-psp:pi_1';

function captured(leaf: string, account: string): AnyLedgerEvent {
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
          gross: euro(2_000),
          discount: euro(0),
          taxes: [],
        },
      ],
    },
    { account },
  );
}

function allocated(order: string, allocation: string): AnyLedgerEvent {
  const owner = { kind: 'legal_entity' as const, id: 'de01' };
  return fact(
    'StockAllocated',
    'inventory-A:dc1',
    { authority: 'wms', allocation, line: '1', order, orderLine: '1', owner, qty: 2, uom: 'each' },
    { account: 'wms' },
  );
}

function paid(order: string): AnyLedgerEvent {
  return fact(
    'PaymentCaptured',
    payment,
    {
      tender: 'card',
      amount: euro(2_000),
      legalEntity: 'de01',
      capture: 'ch_1',
      orderRefs: [{ order, amount: euro(2_000) }],
    },
    { account: 'psp' },
  );
}

function dispatched(order: string, shipment: string, qty = 2): AnyLedgerEvent {
  return fact(
    'ShipmentDispatched',
    `shipment-wms:${shipment}`,
    { kind: 'original', lines: [{ order, orderLine: '1', qty }] },
    { account: 'wms', at: '2026-03-02T10:00:00.000Z' },
  );
}

const approval = 'approval-daybook:a1';
const decided = (at: string) => ({ kind: 'decision', account: 'desk', at }) as const;

function marked(at = '2026-03-03T10:00:00.000Z'): AnyLedgerEvent {
  return fact('OrderMarkedDuplicate', erp, { survivingOrder: web, approval }, decided(at));
}

function reverted({ eventId }: AnyLedgerEvent, at = '2026-03-04T10:00:00.000Z'): AnyLedgerEvent {
  const data = { survivingOrder: web, mergedBy: eventId, approval };
  return fact('OrderMergeReverted', erp, data, decided(at));
}

function corrected(target: AnyLedgerEvent): AnyLedgerEvent {
  const { leaf, eventId, type, account } = target;
  const data = { target: { leaf, eventId, type }, correction: 'k', reason: 'incorrect_data' };
  return fact('EventCorrected', leaf, data as never, { account, kind: 'decision' });
}

const both = [
  captured(web, 'shop'),
  captured(erp, 'erp'),
  allocated(web, 'w'),
  allocated(erp, 'e'),
  paid(erp),
];

function rowsOf(tables: FoldedTables, table: string, order: string): readonly string[] {
  return [...(tables.get(table) ?? [])]
    .filter(([key]) => key.includes(JSON.stringify(order)))
    .map(([, values]) =>
      JSON.stringify(values, (_name, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    );
}

function codesOf(events: readonly AnyLedgerEvent[], order = web): readonly string[] {
  return [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])]
    .filter(([subject]) => subject === order)
    .map(([, code]) => String(code))
    .sort();
}

describe('an order that was marked as the duplicate of another', () => {
  const merged = [...both, dispatched(web, 's1'), marked()];

  it('is told under the one that goes on, its money and its reservation with it', () => {
    const tables = fullFold(merged);
    const header = rowsOf(tables, 'order_timeline.order_header', web).join();
    expect(header).toContain('"2000"');
    const books = countedTables(merged).get('erp_postings.contract_balance');
    const right = countedTables([captured(web, 'shop'), dispatched(web, 's1'), paid(web)]).get(
      'erp_postings.contract_balance',
    );
    expect([...(books?.values() ?? [])]).toEqual([...(right?.values() ?? [])]);
    expect(rowsOf(tables, 'order_timeline.entry', web).join()).toContain(
      allocated(erp, 'e').eventId,
    );
  });
  it('names the one that goes on', () => {
    expect(rowsOf(fullFold(merged), 'order_timeline.order_header', erp).join()).toContain(
      JSON.stringify(web),
    );
  });
  it('and shipped under both names is a finding, which goes when one of the two did not leave', () => {
    const second = dispatched(erp, 's2');
    expect(codesOf([...merged, second])).toContain('shipped_twice_as_duplicate');
    expect(codesOf([...merged, second, corrected(second)])).not.toContain(
      'shipped_twice_as_duplicate',
    );
    expect(
      codesOf([...both, marked(), dispatched(web, 's1', 1), dispatched(erp, 's2', 1)]),
    ).not.toContain('shipped_twice_as_duplicate');
  });
});

describe('goods that were kept under one name of an order and collected under another', () => {
  it('had stock behind them', () => {
    const lines = [{ order: web, orderLine: '1', qty: 2 }];
    const pickup = fact('PickupTaskCreated', 'pickup-pos:1', { node: 'dc1', lines });
    const at = '2026-03-02T10:00:00.000Z';
    const ready = fact('PickupReady', 'pickup-pos:1', {}, { at });
    const history = [captured(web, 'shop'), captured(erp, 'erp'), allocated(erp, 'e')];
    const told = [...history, pickup, ready];
    expect(codesOf(told)).toContain('pickup_released_before_stock');
    expect(codesOf([...told, marked()])).not.toContain('pickup_released_before_stock');
  });
});

describe('one parcel that two witnesses tell of by two names of its order', () => {
  const parcel = (order: string, shipment: string, account: string, tracking = 'T1') =>
    fact(
      'ShipmentDispatched',
      shipment,
      {
        kind: 'original',
        lines: [{ order, orderLine: '1', qty: 2 }],
        trackings: [{ carrier: 'dhl', tracking }],
      },
      { account, at: '2026-03-02T10:00:00.000Z' },
    );
  const told = [
    captured(web, 'shop'),
    captured(erp, 'erp'),
    parcel(erp, 'shipment-wms:s1', 'wms'),
    parcel(web, 'shipment-dhl:T1', 'dhl'),
  ];
  const twice = ['shipped_twice_as_duplicate', 'dispatched_more_than_ordered'];

  it('left once, and its witnesses agree', () => {
    const codes = codesOf([...told, marked()]);
    for (const code of [...twice, 'witnesses_disagree']) expect(codes).not.toContain(code);
    const entries = rowsOf(fullFold([...told, marked()]), 'order_timeline.entry', web);
    expect(entries.filter((row) => row.includes('"corroborates"'))).toHaveLength(1);
  });
  it('left twice where each has a parcel of its own', () => {
    const other = parcel(web, 'shipment-dhl:T2', 'dhl', 'T2');
    expect(codesOf([...told.slice(0, 3), other, marked()])).toEqual(expect.arrayContaining(twice));
  });
  it('is of two orders again where the merge was reverted', () => {
    const mark = marked();
    const history = [...told, fact('ApprovalGranted', approval, { decidedBy: 'lead' })];
    expect(whatCounts([...history, mark, reverted(mark)])).toBe(whatCounts(history));
  });
});

describe('a merge that was reverted', () => {
  const granted = fact('ApprovalGranted', approval, { decidedBy: 'lead' });
  const history = [...both, granted, dispatched(web, 's1'), dispatched(erp, 's2')];
  const mark = marked();

  it('leaves everything as if it had never been', () => {
    expect(whatCounts([...history, mark])).not.toBe(whatCounts(history));
    expect(whatCounts([...history, mark, reverted(mark)])).toBe(whatCounts(history));
    expect(whatCounts([reverted(mark), ...history, mark])).toBe(whatCounts(history));
  });
  it('by a reversal that was corrected holds again', () => {
    const reversal = reverted(mark);
    expect(whatCounts([...history, mark, reversal, corrected(reversal)])).toBe(
      whatCounts([...history, mark]),
    );
  });
  it('may be decided again', () => {
    const again = marked('2026-03-05T10:00:00.000Z');
    expect(whatCounts([...history, mark, reverted(mark), again])).toBe(
      whatCounts([...history, mark]),
    );
  });
  it('is another than one that another event made', () => {
    const other = fact('OrderNoteAdded', erp, { note: 'n', text: 'x' } as never);
    expect(whatCounts([...history, mark, reverted(other)])).toBe(whatCounts([...history, mark]));
  });
  it('may have been made by a tie of a source', () => {
    const data = { object: erp, referenceType: 'order', reference: web };
    const tie = fact('ExternalReferenceAttached', erp, data, { account: 'erp' });
    expect(whatCounts([...history, tie])).toBe(whatCounts([...history, mark]));
    expect(whatCounts([...history, tie, reverted(tie)])).toBe(whatCounts(history));
  });
});

describe('a tie between orders that was undone', () => {
  const data = { object: erp, referenceType: 'order', reference: web };
  const tied = (at: string) => fact('ExternalReferenceAttached', erp, data, { account: 'erp', at });
  const undone = (at: string) =>
    fact(
      'ExternalReferenceDetached',
      erp,
      { ...data, detachment: at.slice(0, 10) },
      { account: 'erp', at },
    );

  it('merges nothing any more, whatever came first', () => {
    const history = [...both, tied('2026-03-02T00:00:00.000Z')];
    const detached = undone('2026-03-05T00:00:00.000Z');
    expect(whatCounts([...history, detached])).toBe(whatCounts(both));
    expect(whatCounts([detached, ...history])).toBe(whatCounts(both));
    expect(whatCounts([...history, detached, corrected(detached)])).toBe(whatCounts(history));
  });
});
