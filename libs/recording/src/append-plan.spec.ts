import { describe, expect, it } from 'vitest';
import type { StreamFold } from '#domain';
import { outcomeOf, planAppend, writersOf } from './append-plan.js';
import { type AnyFold, KnownStream } from './known-stream.js';
import type { PreparedEvent } from './prepared-event.js';
import type { WaitingDecision, WaitingFact } from './waiting-work.js';

const limits = { appendEventsMax: 10, appendDataBytesMax: 1_000, eventsWanted: 10 };
const position = { commit: 9n, prepare: 9n };
const never = (): void => {
  throw new Error('A plan settles nothing.');
};

/** Counts events, and forgets nothing. */
const countFold: StreamFold<number> = {
  initial: () => 0,
  branch: (count) => count,
  evolve: (count) => count + 1,
};

function event(eventId: string, dataBytes = 100): PreparedEvent {
  const metadata = { schemaVersion: 1, account: 'wms.berlin', precision: 'unknown' };
  return { eventId, type: 'StockReceived', data: {}, metadata, dataBytes };
}

function fact(eventId: string, dataBytes?: number): WaitingFact {
  return {
    kind: 'fact',
    event: event(eventId, dataBytes),
    mayStand: false,
    settle: never,
    fail: never,
  };
}

/** Accepts with so many events while fewer than `max` events are on the stream. */
function decision(name: string, max: number, events = 1): WaitingDecision {
  const decided = { type: 'LedgerOpened', data: { ledgerId: '', schemeVersion: 1 } } as const;
  return {
    kind: 'decision',
    fold: countFold as AnyFold,
    decide: (count) =>
      Number(count) < max
        ? { outcome: 'accepted', events: Array.from({ length: events }, () => decided) }
        : { outcome: 'refused', code: 'full', message: `${String(count)} are there.` },
    eventIdOf: (step) => `${name}-${step}`,
    prepare: (accepted) => ({
      outcome: 'prepared',
      events: accepted.map((_, step) => event(`${name}-${step}`)),
    }),
    settle: never,
    fail: never,
  };
}

function knownStream(...eventIds: readonly string[]): KnownStream {
  const known = new KnownStream('inventory-mug:berlin', [countFold as AnyFold]);
  eventIds.forEach((eventId, revision) => known.take(event(eventId), revision, position));
  return known;
}

describe('planning one append', () => {
  it('decides each item on a state that has the waiting ones before it', () => {
    const known = knownStream('a');
    const plan = planAppend(known, [fact('b'), decision('c', 3), decision('d', 3)], limits);

    expect(plan.events.map(({ eventId }) => eventId)).toEqual(['b', 'c-0']);
    expect(plan.answers.map(({ is }) => is)).toEqual(['new', 'new', 'refused']);
    expect(plan.answers[2]).toMatchObject({ refusal: { message: '3 are there.' } });
    expect(known.branch(countFold as AnyFold)).toBe(1);
  });

  it('answers what stands or is planned already without writing it again', () => {
    const known = knownStream('a', 'c-0', 'c-1');
    const plan = planAppend(
      known,
      [
        fact('a'),
        fact('b'),
        fact('b'),
        decision('c', 0, 2),
        decision('d', 9, 2),
        decision('d', 9, 2),
      ],
      limits,
    );
    plan.events.forEach((planned, index) => known.take(planned, 3 + index, position));

    expect(plan.events.map(({ eventId }) => eventId)).toEqual(['b', 'd-0', 'd-1']);
    expect(plan.answers.map((answer) => outcomeOf(answer, plan, known))).toMatchObject([
      { isNew: false, events: [{ eventId: 'a', revision: 0 }] },
      { isNew: true, events: [{ eventId: 'b', revision: 3 }] },
      { isNew: false, events: [{ eventId: 'b', revision: 3 }] },
      { isNew: false, events: [{ revision: 1 }, { revision: 2 }] },
      { isNew: true, events: [{ revision: 4 }, { revision: 5 }] },
      { isNew: false, events: [{ revision: 4 }, { revision: 5 }] },
    ]);
    expect(writersOf(plan)).toBe(2);
  });

  it('ends before the item that would be too many events or bytes, and never splits a decision', () => {
    const byBytes = planAppend(knownStream(), [fact('a', 600), fact('b', 600)], limits);
    const byCount = planAppend(knownStream(), [decision('a', 9, 6), decision('b', 9, 6)], limits);

    expect(byBytes.answers).toHaveLength(1);
    expect(byCount.events).toHaveLength(6);
    expect(byCount.answers).toHaveLength(1);
  });

  it('ends before a decision that the stream is not folded for', () => {
    const unfolded = new KnownStream('inventory-mug:berlin');
    const plan = planAppend(unfolded, [fact('a'), decision('b', 9), fact('c')], limits);

    expect(plan.events.map(({ eventId }) => eventId)).toEqual(['a']);
    expect(planAppend(unfolded, [decision('b', 9)], limits).answers).toEqual([]);
  });

  it('takes the first item whole where fewer events are wanted, and refuses what never fits', () => {
    const few = planAppend(knownStream(), [decision('a', 9, 6)], { ...limits, eventsWanted: 1 });
    const tooMany = planAppend(knownStream(), [decision('a', 9, 11)], limits);

    expect(few.events).toHaveLength(6);
    expect(tooMany.answers).toMatchObject([{ refusal: { code: 'command_too_large' } }]);
  });
});

describe('a known stream', () => {
  it('takes events in their order alone', () => {
    const known = knownStream('a');
    expect(() => known.take(event('b'), 2, position)).toThrow('known up to 0');
  });
});
