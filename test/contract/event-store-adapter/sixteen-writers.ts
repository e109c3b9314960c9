import { expect } from 'vitest';

import type { EventStore, ExpectedRevision } from '#event-store';

import { eventsToAppend } from './store-on-disk.js';

/**
 * Sixteen writers append at exact revisions, so many times each, and then the streams hold exactly
 * what was acknowledged: every acknowledged event once, where the acknowledgement said, and no other.
 */
export async function sixteenWritersAppend(
  store: EventStore,
  streams: readonly string[],
  appendsEach: number,
): Promise<void> {
  const acknowledged = new Map<string, string[]>(streams.map((stream) => [stream, []]));
  const writer = async (index: number): Promise<void> => {
    const stream = streams[index % streams.length] ?? '';
    for (let count = 0; count < appendsEach; count += 1) {
      await appendAtTheEnd(store, stream, acknowledged.get(stream) ?? []);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => writer(index)));
  for (const [stream, eventIds] of acknowledged) {
    const read = await store.readStream({
      stream,
      fromRevision: 'start',
      direction: 'forwards',
      eventsMax: 100_000,
    });
    const stored = read.outcome === 'read' ? read.events.map((event) => event.eventId) : [];
    expect(stored).toEqual(eventIds);
  }
}

/** Appends two events at the end of a stream, again after each conflict, and notes where they are. */
async function appendAtTheEnd(
  store: EventStore,
  stream: string,
  acknowledged: string[],
): Promise<void> {
  const events = eventsToAppend(2);
  for (let expectedRevision: ExpectedRevision = 'no_stream'; ;) {
    const outcome = await store.append({ stream, expectedRevision, events });
    if (outcome.outcome === 'appended') {
      events.forEach((event, index) => {
        const revision = outcome.revision - 1 + index;
        expect(acknowledged[revision]).toBeUndefined();
        acknowledged[revision] = event.eventId;
      });
      return;
    }
    if (outcome.outcome !== 'conflict') throw new Error(JSON.stringify(outcome));
    expectedRevision = outcome.actual;
  }
}
