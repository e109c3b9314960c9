import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { compareText } from '#kernel';
import { orderTimeline } from '../../projections/order-timeline/v1/rows.js';
import {
  finalUnitStates,
  unitLifecycle,
} from '../../projections/order-timeline/v1/unit-lifecycle.js';
import {
  unitsByState,
  type UnitState,
  unitStates,
} from '../../projections/order-timeline/v1/units-by-state.js';
import { fullFold } from '../fixtures/full-fold.js';
import { randomHistory } from '../fixtures/history.js';

const movers = unitStates.flatMap((state) => unitLifecycle[state].by);
const histories = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200 : 8;

function leadsTo(from: UnitState): readonly UnitState[] {
  return unitStates.filter((state) => unitLifecycle[state].from.includes(from));
}

function reachableFrom(start: UnitState): ReadonlySet<UnitState> {
  const reached = new Set<UnitState>([start]);
  for (const state of reached) for (const next of leadsTo(state)) reached.add(next);
  return reached;
}

describe('the life of a unit', () => {
  it('reaches every state from being ordered', () => {
    expect([...reachableFrom('ordered')].sort()).toEqual([...unitStates].sort());
  });
  it.each(unitStates)('leads from %s to where it may stay for good', (state) => {
    const reached = reachableFrom(state);
    expect(finalUnitStates.some((final) => reached.has(final))).toBe(true);
  });
  it.each(unitStates)('never stops at %s unless it may stay there', (state) => {
    if (!finalUnitStates.includes(state)) expect(leadsTo(state)).not.toEqual([]);
  });
  it('goes on in random histories only by the facts it names', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const history = inOrder(randomHistory(seed, 1).filter(({ type }) => tellsOfUnits(type)));
        let counts = new Map<string, number>();
        history.forEach((event, index) => {
          const next = countsAfter(history.slice(0, index + 1));
          for (const [key, qty] of next) {
            // What is told of an order before the order itself is known shows with its lines.
            if (qty <= (counts.get(key) ?? 0) || event.type === 'OrderCaptured') continue;
            // A late fact of an earlier step can show where units are that a later one told of.
            expect(movers, `${event.type} leads to ${key}`).toContain(event.type);
          }
          counts = next;
        });
      }),
      { numRuns: histories, endOnFailure: true },
    );
  });
});

/** Ties and corrections move whole histories about, and are judged elsewhere. */
function tellsOfUnits(type: AnyLedgerEvent['type']): boolean {
  return !['EventCorrected', 'ExternalReferenceAttached', 'ExternalReferenceDetached'].includes(
    type,
  );
}

function inOrder(history: readonly AnyLedgerEvent[]): readonly AnyLedgerEvent[] {
  const at = ({ occurrence }: AnyLedgerEvent): string => occurrence.occurredAt ?? '9999';
  return [...history].sort((left, right) => compareText(at(left), at(right)));
}

/** Units by order, line and state. */
function countsAfter(events: readonly AnyLedgerEvent[]): Map<string, number> {
  const table = orderTimeline.tables.find(({ name }) => name === 'order_line');
  const names = (table?.columns ?? [])
    .filter(({ arrival }) => arrival !== true)
    .map(({ name }) => name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()));
  const counts = new Map<string, number>();
  for (const row of fullFold(events).get('order_timeline.order_line')?.values() ?? []) {
    const line = Object.fromEntries(names.map((name, index) => [name, row[index]]));
    for (const { state, qty } of unitsByState(line as never)) {
      counts.set(`${String(row[0])} ${String(row[1])} ${state}`, qty);
    }
  }
  return counts;
}
