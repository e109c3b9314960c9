import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { EventStore, EventStoreOptions, Measured } from '#event-store';

import { FaultyRelay, type AppendFate, type RelayFaults } from './faulty-relay.js';
import { sixteenWritersAppend } from './sixteen-writers.js';
import { eventIdsOf, eventsToAppend, fill, givenNode, givenStore, write } from './store-on-disk.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const streamPrefix = 'daybook.';

interface Faulty {
  readonly relay: FaultyRelay;
  readonly store: EventStore & Measured;
}

async function givenFaultyNode(
  faults: Partial<RelayFaults>,
  options: Partial<EventStoreOptions> = {},
): Promise<Faulty> {
  const relay = await FaultyRelay.start((await givenNode()).port, faults);
  onTestFinished(() => relay.stop());
  const { connectionString } = relay;
  const store = givenStore({ connectionString, appendAttemptMilliseconds: 200, ...options });
  return { relay, store };
}

const lossyFates: readonly AppendFate[] = [
  'lost_before',
  'lost_after',
  'answered_twice',
  'timed_out',
  'stream_failed',
  'stream_ended',
  'stream_silent',
];

describe('an append whose answer goes wrong', () => {
  it.each(lossyFates)('(%s) is written once and answered', async (fate) => {
    const fates: AppendFate[] = ['answered', fate, 'answered', 'answered'];
    const { store } = await givenFaultyNode({ fateOfAppend: () => fates.shift() ?? 'answered' });
    await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(1));
    const events = eventsToAppend(3);
    const outcome = await write(store, 'daybook.order-1', 0, events);
    expect(outcome.revision).toBe(3);
    expect(await store.readAt(outcome.position)).toMatchObject({ eventId: events[2]?.eventId });
    await write(store, 'daybook.order-1', 3, eventsToAppend(1));
    expect(await store.readTail(streamPrefix)).toMatchObject({ revision: 4 });
  });

  it.each(['stream_failed', 'stream_ended'] as const)(
    '(%s) is sent again at once, not when its time is over',
    async (fate) => {
      const fates: AppendFate[] = [fate];
      const { store } = await givenFaultyNode(
        { fateOfAppend: () => fates.shift() ?? 'answered' },
        { appendAttemptMilliseconds: 20_000, appendDeadlineMilliseconds: 20_000 },
      );
      await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(1));
      expect(store.statistics().appendsUnanswered).toBe(1);
    },
  );

  it('is a conflict where another one took its place before it could be sent again', async () => {
    const [event] = eventsToAppend(1);
    let isTaken = false;
    const { store } = await givenFaultyNode({
      fateOfAppend: (firstEventId) =>
        firstEventId === event?.eventId && !isTaken ? 'lost_before' : 'answered',
    });
    const lost = store.append({
      stream: 'daybook.order-1',
      expectedRevision: 'no_stream',
      events: [event!],
    });
    await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(2));
    isTaken = true;
    expect(await lost).toEqual({ outcome: 'conflict', actual: 1 });
  });

  it.each([
    ['its repeat is denied by a node that forgot its ids', ['lost_after', 'denied']],
    ['the answer does not say where it is', ['answered_without_position']],
  ] as const)('is found by its ids where %s', async (_, given) => {
    const fates: AppendFate[] = [...given];
    const { store } = await givenFaultyNode({ fateOfAppend: () => fates.shift() ?? 'answered' });
    const events = eventsToAppend(2);
    const outcome = await write(store, 'daybook.order-1', 'no_stream', events);
    expect(outcome.revision).toBe(1);
    expect(fates).toEqual([]);
    expect(await store.readAt(outcome.position)).toMatchObject({ eventId: events[1]?.eventId });
  });

  it('counts the answers nobody waits for', async () => {
    const { store } = await givenFaultyNode({ fateOfAppend: () => 'answered_twice' });
    const before = store.statistics().appendAnswersDropped;
    await fill(store, 'daybook.order-1', 5_000);
    expect(store.statistics().appendAnswersDropped - before).toBeGreaterThanOrEqual(18);
  });
});

describe('sixteen writers at exact revisions on a node that loses answers', () => {
  it('have stored exactly what was acknowledged, once, in order', async () => {
    const fate = fc.oneof(
      { weight: 6, arbitrary: fc.constant<AppendFate>('answered') },
      {
        weight: 3,
        arbitrary: fc.constantFrom<AppendFate>('lost_after', 'answered_twice', 'timed_out'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<AppendFate>(
          'lost_before',
          'stream_failed',
          'stream_ended',
          'stream_silent',
        ),
      },
    );
    const schedule = fc.record({
      fates: fc.array(fate, { minLength: 40, maxLength: 120 }),
      streamCount: fc.integer({ min: 4, max: 16 }),
      appendsEach: fc.integer({ min: 1, max: 4 }),
    });
    const given: { schedule: AppendFate[] } = { schedule: [] };
    const { store } = await givenFaultyNode(
      { fateOfAppend: () => given.schedule.shift() ?? 'answered' },
      { appendAttemptMilliseconds: 25 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(schedule, async ({ fates, streamCount, appendsEach }) => {
        run += 1;
        given.schedule = [...fates];
        const streams = Array.from({ length: streamCount }, (_, at) => `daybook.run${run}-${at}`);
        await sixteenWritersAppend(store, streams, appendsEach);
      }),
      { numRuns: isDeep ? 500 : 5, endOnFailure: true },
    );
  });
});

describe('a subscription', () => {
  it('works on a node that never says when it has caught up', async () => {
    const { store } = await givenFaultyNode({ isSilentAboutCatchUp: true });
    const written = await fill(store, 'daybook.order-1', 40);
    const abort = new AbortController();
    const received: string[] = [];
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    for await (const item of store.subscribe(request)) {
      expect(item.kind).toBe('event');
      received.push(...eventIdsOf([item]));
      if (received.length === 40) written.push(...(await fill(store, 'daybook.order-2', 3)));
      if (received.length === 43) abort.abort();
    }
    expect(received).toEqual(written);
  });
});
