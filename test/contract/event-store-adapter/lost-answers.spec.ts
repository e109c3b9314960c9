import { describe, expect, it, onTestFinished } from 'vitest';

import type { EventStore, EventStoreOptions, Measured } from '#event-store';

import { HostileNode } from '../../doubles/hostile-node.js';
import {
  type AppendFault,
  appendFaults,
  type HostilePlanOptions,
} from '../../doubles/hostile-node-plan.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import { eventIdsOf, eventsToAppend, fill, givenStore, write } from './store-on-disk.js';

const streamPrefix = 'daybook.';

interface Faulty {
  readonly node: HostileNode;
  readonly store: EventStore & Measured;
}

async function givenFaultyNode(
  plan: HostilePlanOptions,
  options: Partial<EventStoreOptions> = {},
): Promise<Faulty> {
  const node = await HostileNode.start({ seed: 1, plan });
  onTestFinished(() => node.stop());
  const { connectionString } = node;
  const store = givenStore({ connectionString, appendAttemptMilliseconds: 200, ...options });
  return { node, store };
}

/** That a node denies what it wrote itself is possible only where an attempt went before. */
const faultsOfFirstAttempts = appendFaults.filter((fault) => fault !== 'deny_after_write');

describe('an append whose answer goes wrong', () => {
  it.each(faultsOfFirstAttempts)(
    '(%s) is written once and answered, and nothing ends the process',
    async (fault) => {
      const strayErrors = watchForStrayErrors();
      const { node, store } = await givenFaultyNode({ script: ['none', fault] });
      await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(1));
      const events = eventsToAppend(3);
      const outcome = await write(store, 'daybook.order-1', 0, events);
      expect(outcome.revision).toBe(3);
      expect(await store.readAt(outcome.position)).toMatchObject({ eventId: events[2]?.eventId });
      await write(store, 'daybook.order-1', 3, eventsToAppend(1));
      expect(await store.readTail(streamPrefix)).toMatchObject({ revision: 4 });
      expect(node.counters.met[fault]).toBe(1);
      expect(strayErrors()).toEqual([]);
    },
  );

  it.each(['drop_after_write', 'end_after_write', 'not_leader'] as const)(
    '(%s) is sent again at once, not when its time is over',
    async (fault) => {
      const { store } = await givenFaultyNode(
        { script: [fault] },
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
      faultOf: (firstEventId) =>
        firstEventId === event?.eventId && !isTaken ? 'lose_before_write' : 'none',
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
    [
      'its repeat is denied by a node that forgot its ids',
      ['lose_after_write', 'deny_after_write'],
    ],
    ['the answer does not say where it is', ['omit_position']],
  ] satisfies [string, AppendFault[]][])('is found by its ids where %s', async (_, script) => {
    const { node, store } = await givenFaultyNode({ script });
    const events = eventsToAppend(2);
    const outcome = await write(store, 'daybook.order-1', 'no_stream', events);
    expect(outcome.revision).toBe(1);
    expect(node.counters.appends).toBeGreaterThanOrEqual(script.length);
    expect(await store.readAt(outcome.position)).toMatchObject({ eventId: events[1]?.eventId });
  });

  it('counts the answers nobody waits for', async () => {
    const { store } = await givenFaultyNode({ faultOf: () => 'answer_twice' });
    const before = store.statistics().appendAnswersDropped;
    await fill(store, 'daybook.order-1', 5_000);
    expect(store.statistics().appendAnswersDropped - before).toBeGreaterThanOrEqual(9);
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
