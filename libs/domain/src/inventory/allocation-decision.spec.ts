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
const noon = '2026-03-01T12:00:00.000Z';

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
    asOf: noon,
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

const softReserved = (reservation: string, qty: number, reservedUntil: string): AnyLedgerEvent =>
  event('StockSoftReserved', {
    authority: 'daybook',
    reservation,
    line: '1',
    cart: 'cart-1',
    owner,
    qty,
    uom: 'piece',
    reservedUntil,
  });
const ofReservation = { authority: 'daybook', reservation: 'soft', line: '1' };
const [eleven, one] = ['2026-03-01T11:00:00.000Z', '2026-03-01T13:00:00.000Z'];

describe('stock that is kept for carts', () => {
  const kept = given(received('r', 10), softReserved('soft', 7, one));

  it('is not available until its time is over, whoever notices it when', () => {
    expect(availableOf(kept, pieces, noon)).toBe(3n);
    expect(availableOf(kept, pieces, one)).toBe(10n);
    const late = event('StockReservationExpired', {
      ...ofReservation,
      qty: 7,
      uom: 'piece',
      reservedUntil: one,
    });
    expect(availableOf(fold.evolve(fold.branch(kept), late), pieces, noon)).toBe(3n);
  });
  it('is available as far as it was released, and is kept longer where it was extended', () => {
    const released = event('StockReservationReleased', {
      ...ofReservation,
      release: 'x',
      qty: 2,
      uom: 'piece',
    });
    const extended = event('StockReservationExtended', { ...ofReservation, reservedUntil: one });
    const state = given(released, received('r', 10), softReserved('soft', 7, eleven));
    expect(availableOf(state, pieces, noon)).toBe(10n);
    expect(availableOf(fold.evolve(fold.branch(state), extended), pieces, noon)).toBe(5n);
  });
  it('is allocated to whom it is kept for, and to nobody else', () => {
    const own = { reservation: 'soft', reservationLine: '1' };
    expect(allocate(kept, { qty: 4 })).toMatchObject({ code: 'insufficient_stock' });
    expect(allocate(kept, { qty: 10, ...own })).toMatchObject({ outcome: 'accepted' });
    expect(allocate(kept, { qty: 11, ...own })).toMatchObject({ code: 'insufficient_stock' });
    expect(allocate(kept, { qty: 2, ...own }, { qty: 4 })).toMatchObject({
      code: 'insufficient_stock',
    });
    const after = allocate(kept, { qty: 7, ...own });
    const [decided] = after.outcome === 'accepted' ? after.events : [];
    const data = decided?.data as EventData<'StockAllocated'>;
    expect(
      availableOf(fold.evolve(fold.branch(kept), event('StockAllocated', data)), pieces, noon),
    ).toBe(3n);
  });
  it('is left alone by a branch that goes its own way', () => {
    const branch = fold.evolve(fold.branch(kept), softReserved('other', 2, one));
    expect(availableOf(branch, pieces, noon)).toBe(1n);
    expect(availableOf(kept, pieces, noon)).toBe(3n);
  });
});

describe('decisions on one item at a node', () => {
  const minute = (count: number) => `2026-03-01T12:${String(count).padStart(2, '0')}:00.000Z`;
  const step = fc.record({
    does: fc.constantFrom('receive', 'keep', 'allocate', 'allocate what is kept'),
    qty: fc.integer({ min: 1, max: 6 }),
    until: fc.constantFrom(8, 20, 50),
    wait: fc.integer({ min: 0, max: 5 }),
  });

  it('never take more than there is, whatever is kept until when', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const state = fold.initial();
        let now = 0;
        let accepted = 0;
        for (const [index, { does, qty, until, wait }] of steps.entries()) {
          now += wait;
          const available = availableOf(state, pieces, minute(now));
          if (does === 'receive') fold.evolve(state, received(`r${index}`, qty));
          if (does === 'keep' && BigInt(qty) <= available) {
            fold.evolve(state, softReserved(`s${until}`, qty, minute(until)));
          }
          if (!does.startsWith('allocate')) continue;
          const taking = { reservation: `s${until}`, reservationLine: '1' };
          const result = allocateStock({
            authority: 'daybook',
            allocation: `a${index}`,
            asOf: minute(now),
            lines: [1, 2].map((line) => ({
              line: String(line),
              order: 'order-shop:9',
              orderLine: '1',
              ...pieces,
              qty: line === 1 ? qty : 1,
              ...(does === 'allocate what is kept' && line === 1 ? taking : {}),
            })),
          })(state);
          if (result.outcome === 'refused') continue;
          accepted += 1;
          for (const { data } of result.events) {
            fold.evolve(state, event('StockAllocated', data as EventData<'StockAllocated'>));
          }
          expect(availableOf(state, pieces, minute(now))).toBeGreaterThanOrEqual(0n);
        }
        fc.pre(accepted > 0);
      }),
      { numRuns: process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 5_000 : 200 },
    );
  });
});

describe('stock that was moved without coming or going', () => {
  const moved = event('StockBucketMoved', {
    owner,
    qty: 2,
    uom: 'piece',
    from: 'sellable',
    to: 'damaged',
    move: 'm',
    line: '1',
  });
  const adjusted = event('StockAdjusted', {
    owner,
    bucket: 'sellable',
    delta: -3,
    uom: 'piece',
    adjustment: 'a',
    line: '1',
    reason: 'count',
  });
  const writtenOff = (bucket: 'sellable' | 'damaged') =>
    event('StockWrittenOff', {
      owner,
      bucket,
      qty: 1,
      uom: 'piece',
      writeOff: `w ${bucket}`,
      line: '1',
      reason: 'broken',
    });

  it('is available as far as it is still fit to be sold', () => {
    const state = given(writtenOff('damaged'), moved, received('r', 10), adjusted);
    expect(availableOf(state, pieces, noon)).toBe(5n);
    expect(
      allocate(fold.evolve(fold.branch(state), writtenOff('sellable')), { qty: 5 }),
    ).toMatchObject({
      code: 'insufficient_stock',
    });
    expect(allocate(state, { qty: 5 })).toMatchObject({ outcome: 'accepted' });
  });
});

describe('allocating stock', () => {
  it('reserves what is received and neither issued nor reserved', () => {
    const state = given(received('r', 10), allocated('a', 4), issued('s', 3));

    expect(availableOf(state, pieces, noon)).toBe(3n);
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
      expect(availableOf(given(received('r', 10), allocated('a', 4), issue), pieces, noon)).toBe(
        6n,
      );
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

    expect(availableOf(given(receipt, witness), pieces, noon)).toBe(10n);
    expect(availableOf(given(receipt, witness, corrected(receipt)), pieces, noon)).toBe(10n);
    expect(availableOf(given(receipt, corrected(receipt)), pieces, noon)).toBe(0n);
    expect(availableOf(given(receipt, corrected(receipt, 'shop.eu')), pieces, noon)).toBe(10n);
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

    expect(availableOf(branch, pieces, noon)).toBe(6n);
    expect(availableOf(state, pieces, noon)).toBe(10n);
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
    const expected = availableOf(given(...history), pieces, noon);
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: history.length }), (shuffled) => {
        expect(availableOf(given(...shuffled), pieces, noon)).toBe(expected);
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
