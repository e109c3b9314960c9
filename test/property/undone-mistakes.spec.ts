import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { categoryOf } from '#kernel';
import { fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';
import { randomHistory } from '../fixtures/history.js';
import { Random } from '../fixtures/random.js';
import { whatCounts } from '../fixtures/what-counts.js';

const histories = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 100 : 3;
const approval = 'approval-desk:a1';
const [first, second, third] = ['order-shop:1000', 'order-shop:1001', 'order-shop:1002'];
const tiedKinds = ['payment', 'shipment', 'return', 'fulfilment', 'pickup', 'exchange'];

const granted = fact('ApprovalGranted', approval, { decidedBy: 'lead' }, { account: 'desk' });
const decided = (day: number) =>
  ({ kind: 'decision', account: 'desk', at: `2026-04-0${day}T10:00:00.000Z` }) as const;

function merged(alias: string, survivingOrder: string): AnyLedgerEvent {
  return fact('OrderMarkedDuplicate', alias, { survivingOrder, approval }, decided(1));
}

function parted({ eventId, leaf }: AnyLedgerEvent, survivingOrder: string): AnyLedgerEvent {
  return fact(
    'OrderMergeReverted',
    leaf,
    { survivingOrder, mergedBy: eventId, approval },
    decided(2),
  );
}

function corrected({ leaf, eventId, type, account }: AnyLedgerEvent): AnyLedgerEvent {
  const target = { leaf, eventId, type };
  const data = { target, correction: 'undone', reason: 'incorrect_data' as const };
  return fact('EventCorrected', leaf, data, { account, at: '2026-04-03T10:00:00.000Z' });
}

/** A tie of any thing of the history to one of its orders, which nobody else tells. */
function wrongTie(history: readonly AnyLedgerEvent[], random: Random): AnyLedgerEvent {
  const leaves = [...new Set(history.map(({ leaf }) => leaf))];
  const object = random.pick(leaves.filter((leaf) => tiedKinds.includes(categoryOf(leaf))));
  const reference = random.pick([first, second]);
  const data = { object, referenceType: 'order', reference };
  return fact('ExternalReferenceAttached', object, data, { account: 'nobody-else' });
}

/**
 * True for what merges orders by itself: a name of a name names the next one only, and which of them
 * it knows depends on the merges there ever were.
 */
function merges({ type, leaf }: AnyLedgerEvent): boolean {
  if (type === 'OrderMarkedDuplicate' || type === 'OrderMergeReverted') return true;
  return type === 'ExternalReferenceAttached' && categoryOf(leaf) === 'order';
}

function everyHistory(holds: (history: readonly AnyLedgerEvent[], random: Random) => void): void {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const history = randomHistory(seed, 3).filter((event) => !merges(event));
      holds([...history, granted], new Random(seed));
    }),
    { numRuns: histories },
  );
}

describe('a mistake that was undone leaves what counts as if it had never been', () => {
  it('where two orders of two customers were merged, and parted again', () => {
    everyHistory((history) => {
      const merge = merged(second, first);
      expect(whatCounts([...history, merge, parted(merge, first)])).toBe(whatCounts(history));
    });
  });
  it('where either merge of a chain of three was reverted', () => {
    everyHistory((history) => {
      const [near, far] = [merged(third, second), merged(second, first)];
      const chain = [...history, near, far];
      expect(whatCounts([...chain, parted(far, first)])).toBe(whatCounts([...history, near]));
      expect(whatCounts([...chain, parted(near, second)])).toBe(whatCounts([...history, far]));
    });
  });
  it('where a thing was tied to an order it is not of', () => {
    everyHistory((history, random) => {
      const wrong = wrongTie(history, random);
      expect(whatCounts([...history, wrong, corrected(wrong)])).toBe(whatCounts(history));
    });
  });
});

describe('every fact', () => {
  it('is shown with some order, or where it lies, merged and tied as it may be', () => {
    everyHistory((history, random) => {
      const all = [...history, merged(second, first), wrongTie(history, random)];
      const rows = fullFold(all).get('order_timeline.entry')?.values() ?? [];
      const shown = new Set([...rows].map(([, eventId]) => eventId));
      const lost = all.filter(({ eventId }) => !shown.has(eventId));
      expect(lost.map(({ type, leaf }) => `${type} ${leaf}`)).toEqual([]);
    });
  });
});
