import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { EventStoreUnavailableError } from '#event-store';

import { freePort, startGossipSeed } from './gossip-seed.js';
import { eventsToAppend, givenNode, givenStore, write } from './store-on-disk.js';

describe('a cluster', () => {
  it('that cannot be discovered is waited for, and written to once it can', async () => {
    const node = await givenNode();
    const [seedPort, otherPort] = [await freePort(), await freePort()];
    const store = givenStore({
      connectionString: `esdb://127.0.0.1:${seedPort},127.0.0.1:${otherPort}?tls=false&maxDiscoverAttempts=1&discoveryInterval=10`,
    });
    await expect(store.readTail('daybook.')).rejects.toBeInstanceOf(EventStoreUnavailableError);
    const abort = new AbortController();
    const request = { streamPrefix: 'daybook.', after: 'start', signal: abort.signal } as const;
    const items = store.subscribe(request)[Symbol.asyncIterator]();
    const first = items.next();
    const [event] = eventsToAppend(1);
    const appended = write(store, 'daybook.order-1', 'no_stream', [event!]);
    await vi.waitUntil(() => {
      const { appendsUnanswered, subscriptionsInterrupted } = store.statistics();
      return appendsUnanswered >= 2 && subscriptionsInterrupted >= 2;
    });
    onTestFinished(await startGossipSeed(seedPort, node.port));
    await expect(appended).resolves.toMatchObject({ revision: 0 });
    const seen = [await first, await items.next()].map(({ value }) => value as unknown);
    expect(seen).toContainEqual({
      kind: 'event',
      event: expect.objectContaining({ eventId: event?.eventId }) as unknown,
    });
    abort.abort();
    await items.return?.(undefined);
  });
});
