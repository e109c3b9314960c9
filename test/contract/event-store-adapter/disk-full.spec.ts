import { describe, expect, it, onTestFinished } from 'vitest';

import { startEmbeddedEventStore } from '#embedded-event-store';
import type { AppendRequest, EventStore, EventToAppend, RecordedEvent } from '#event-store';

import { mountSmallDisk } from '../../doubles/small-disk.js';
import { eventsToAppend, givenStore, write } from './store-on-disk.js';

const mebibyte = 1_048_576;
const streamPrefix = 'daybook.';
/** Far less than the thirty seconds for which an append without an answer is sent again. */
const toldMillisecondsMax = 5_000;

async function everyEvent(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll({ streamPrefix, after: 'start' })) events.push(event);
  return events;
}

/** Appends one event after another until the store takes no more; answers what it took, and the last. */
async function fillUp(
  store: EventStore,
): Promise<{ readonly taken: EventToAppend[]; readonly refused: AppendRequest }> {
  const taken: EventToAppend[] = [];
  for (;;) {
    const events = eventsToAppend(2, { text: 'x'.repeat(100_000) });
    const expectedRevision = taken.length === 0 ? 'no_stream' : taken.length - 1;
    const request = { stream: 'daybook.order-1', expectedRevision, events } as const;
    const askedAt = performance.now();
    const outcome = await store.append(request);
    if (outcome.outcome === 'appended') {
      taken.push(...events);
      continue;
    }
    expect(outcome).toMatchObject({ outcome: 'unknown', cause: 'store_full' });
    expect(outcome).toHaveProperty('message', expect.stringMatching(/disk is full.*Make room/));
    expect(performance.now() - askedAt).toBeLessThan(toldMillisecondsMax);
    return { taken, refused: request };
  }
}

describe('a store whose disk is full', () => {
  it('says so at once, shows nothing half, reads on, and goes on where there is room', async (test) => {
    const disk = mountSmallDisk('event-store', 12);
    if (!disk) {
      test.skip('this user may not mount a small filesystem');
      return;
    }
    onTestFinished(() => disk.remove());
    await disk.fill(7 * mebibyte);
    const directory = disk.path;
    const node = await startEmbeddedEventStore({ directory });
    onTestFinished(() => node.stop());
    const store = givenStore(node);
    const { taken, refused } = await fillUp(store);
    expect(taken.length).toBeGreaterThan(2);
    const idsOf = (events: readonly { readonly eventId: string }[]) =>
      events.map(({ eventId }) => eventId);
    expect(idsOf(await everyEvent(store))).toEqual(idsOf(taken));
    expect(await store.append(refused)).toMatchObject({ cause: 'store_full' });

    await disk.makeRoom();
    const { stream, expectedRevision, events } = refused;
    await write(store, stream, expectedRevision, events);
    const others = eventsToAppend(3);
    await write(store, 'daybook.order-2', 'no_stream', others);
    const stored = [...idsOf(taken), ...idsOf(events), ...idsOf(others)];
    expect(idsOf(await everyEvent(store))).toEqual(stored);

    await node.stop();
    const again = await startEmbeddedEventStore({ directory, port: node.port });
    onTestFinished(() => again.stop());
    expect(idsOf(await everyEvent(store))).toEqual(stored);
  });
});
