import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyLedgerEvent, type EventData, type EventType, factIdOf } from '#events';
import type { DecisionResult } from '../decision.js';
import { allocateStock, type AllocationLine } from './allocation-decision.js';
import { allocationFold, type AllocationState, availableOf } from './allocation-state.js';
import { deallocateStock } from './deallocation-decision.js';

const fold = allocationFold({ accounts: {}, legalEntities: {}, authority: [] });
const leaf = 'inventory-mug:berlin';
const owner = { kind: 'legal_entity', id: 'DE01' };
const otherOwner = { kind: 'consignment_supplier', id: 'S7' };
const pieces = { owner, uom: 'piece' };

function event<Type extends EventType>(
  type: Type,
  data: EventData<Type>,
  more: { readonly account?: string; readonly occurredAt?: string } = {},
): AnyLedgerEvent {
  const parts = {
    type,
    leaf,
    kind: 'fact' as const,
    account: more.account ?? 'wms.berlin',
    occurrence: {
      occurredAt: more.occurredAt ?? '2026-03-01T10:00:00.000Z',
      precision: 'instant' as const,
      notBefore: null,
      notAfter: null,
    },
    version: null,
    transaction: null,
    data,
  };
  const arrival = {
    recordedAt: '',
    recordedBy: '',
    deliveryDigest: '',
    translatorVersion: '',
    revision: 0,
    sequence: 0,
  };
  return { ...parts, eventId: factIdOf(parts), arrival } as unknown as AnyLedgerEvent;
}

const received = (receipt: string, qty: number, more = {}): AnyLedgerEvent =>
  event(
    'StockReceived',
    { owner, qty, uom: 'piece', cause: 'purchase', bucket: 'sellable', receipt, line: '1' },
    more,
  );
const issued = (shipment: string, qty: number, from: object = {}): AnyLedgerEvent =>
  event('StockIssued', {
    owner,
    qty,
    uom: 'piece',
    cause: 'sale',
    shipment,
    line: '1',
    component: 0,
    ...from,
  });
const allocated = (allocation: string, qty: number): AnyLedgerEvent =>
  event('StockAllocated', {
    authority: 'daybook',
    allocation,
    line: '1',
    order: 'order-shop:1',
    orderLine: '1',
    owner,
    qty,
    uom: 'piece',
  });
const corrected = (target: AnyLedgerEvent, account = 'wms.berlin'): AnyLedgerEvent =>
  event(
    'EventCorrected',
    {
      target: { leaf, eventId: target.eventId, type: target.type },
      correction: 'c1',
      reason: 'incorrect_data',
    },
    { account },
  );

function given(...events: readonly AnyLedgerEvent[]): AllocationState {
  return events.reduce((state, each) => fold.evolve(state, each), fold.initial());
}

function allocate(
  state: AllocationState,
  ...lines: readonly Partial<AllocationLine>[]
): DecisionResult {
  return allocateStock({
    authority: 'daybook',
    allocation: 'new',
    lines: lines.map((line, index) => ({
      line: String(index + 1),
      order: 'order-shop:9',
      orderLine: '1',
      owner,
      qty: 1,
      uom: 'piece',
      ...line,
    })),
  })(state);
}

describe('allocating stock', () => {
  it('reserves what is received and neither issued nor reserved', () => {
    const state = given(received('r', 10), allocated('a', 4), issued('s', 3));

    expect(availableOf(state, pieces)).toBe(3n);
    expect(allocate(state, { qty: 3 })).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'StockAllocated', data: { allocation: 'new', line: '1', qty: 3 } }],
    });
    expect(allocate(state, { qty: 4 })).toMatchObject({
      code: 'insufficient_stock',
      field: 'lines.0.qty',
      details: { available: '3', requested: '4' },
    });
  });

  it('counts an issue of reserved units once, whichever way it names them', () => {
    const byAllocation = issued('s', 4, { allocation: 'a', allocationLine: '1' });
    const byOrderLine = issued('s', 4, { order: 'order-shop:1', orderLine: '1' });

    for (const issue of [byAllocation, byOrderLine]) {
      expect(availableOf(given(received('r', 10), allocated('a', 4), issue), pieces)).toBe(6n);
    }
  });

  it('keeps stock of another owner or unit of measure apart', () => {
    const state = given(received('r', 10));

    expect(allocate(state, { owner: otherOwner })).toMatchObject({ details: { available: '0' } });
    expect(allocate(state, { uom: 'box' })).toMatchObject({ details: { available: '0' } });
  });

  it('holds several lines against the stock by their sum', () => {
    const state = given(received('r', 5));

    expect(allocate(state, { qty: 3 }, { qty: 3 })).toMatchObject({ code: 'insufficient_stock' });
    expect(allocate(state, { qty: 3 }, { qty: 2 })).toMatchObject({ outcome: 'accepted' });
    expect(allocate(state, { line: '1' }, { line: '1' })).toMatchObject({
      code: 'allocation_line_repeated',
      field: 'lines.1.line',
    });
  });

  it('counts goods once that two systems saw coming in, and none of a corrected receipt', () => {
    const receipt = received('r', 10);
    const witness = received('r', 10, { account: 'shop.eu' });

    expect(availableOf(given(receipt, witness), pieces)).toBe(10n);
    expect(availableOf(given(receipt, witness, corrected(receipt)), pieces)).toBe(10n);
    expect(availableOf(given(receipt, corrected(receipt)), pieces)).toBe(0n);
    expect(availableOf(given(receipt, corrected(receipt, 'shop.eu')), pieces)).toBe(10n);
  });

  it('refuses an allocation line that stands', () => {
    const state = given(received('r', 10), allocated('new', 1));

    expect(allocate(state, { qty: 1 })).toMatchObject({ code: 'allocation_exists' });
    const annulled = given(received('r', 10), allocated('new', 1), corrected(allocated('new', 1)));
    expect(allocate(annulled, { qty: 1 })).toMatchObject({ outcome: 'accepted' });
  });

  it('leaves the state it branched from as it was', () => {
    const state = given(received('r', 10));
    const branch = fold.evolve(fold.branch(state), allocated('a', 4));

    expect(availableOf(branch, pieces)).toBe(6n);
    expect(availableOf(state, pieces)).toBe(10n);
    expect(allocate(state, { qty: 10 }).outcome).toBe('accepted');
  });

  it('comes to the same whatever the order of the facts', () => {
    const receipt = received('r', 10);
    const history = [
      receipt,
      received('r', 10, { account: 'shop.eu', occurredAt: '2026-03-01T09:00:00.000Z' }),
      received('r2', 5),
      allocated('a', 4),
      allocated('b', 2),
      issued('s', 3, { order: 'order-shop:1', orderLine: '1' }),
      issued('t', 1, { allocation: 'b', allocationLine: '1' }),
      corrected(receipt),
      issued('u', 2),
    ];
    const expected = availableOf(given(...history), pieces);
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: history.length }), (shuffled) => {
        expect(availableOf(given(...shuffled), pieces)).toBe(expected);
      }),
      { seed: 20_261_121 },
    );
  });
});

describe('giving reserved units back', () => {
  const giveBack = (state: AllocationState, line: object, deallocation = 'd'): DecisionResult =>
    deallocateStock({
      authority: 'daybook',
      allocation: 'a',
      deallocation,
      lines: [{ line: '1', qty: 1, uom: 'piece', ...line }],
    })(state);
  const state = given(
    received('r', 10),
    allocated('a', 4),
    issued('s', 1, { allocation: 'a', allocationLine: '1' }),
  );

  it('gives back what is open and no more', () => {
    expect(giveBack(state, { qty: 3 })).toMatchObject({ outcome: 'accepted' });
    expect(giveBack(state, { qty: 4 })).toMatchObject({
      code: 'deallocation_exceeds_open',
      details: { open: '3' },
    });
  });

  it.each([
    ['allocation_unknown', { line: '2' }],
    ['allocation_unit_differs', { uom: 'box' }],
  ])('refuses with %s', (code, line) => {
    expect(giveBack(state, line)).toMatchObject({ outcome: 'refused', code });
  });

  it('refuses a deallocation id that stands', () => {
    const data = { authority: 'daybook', allocation: 'a', line: '1', qty: 1, uom: 'piece' };
    const given = fold.evolve(
      fold.branch(state),
      event('StockDeallocated', { ...data, deallocation: 'd' }),
    );
    expect(giveBack(given, {})).toMatchObject({ code: 'deallocation_exists' });
    expect(giveBack(given, { qty: 2 }, 'e')).toMatchObject({ outcome: 'accepted' });
    expect(giveBack(given, { qty: 3 }, 'e')).toMatchObject({ details: { open: '2' } });
  });
});
