import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { connectEventStore, type StoreNotice } from '#event-store';

import { startHostileNode } from '../../doubles/hostile-node.js';
import { sixteenWritersAppend } from './sixteen-writers.js';
import { eventIdsOf, fill, givenStore } from './store-on-disk.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const streamPrefix = 'daybook.';

describe('sixteen writers at exact revisions on a hostile node', () => {
  it('have stored exactly what was acknowledged, nothing twice, whatever the seed', async () => {
    const chance = fc.integer({ min: 0, max: 15 }).map((percent) => percent / 100);
    const faults = { drop_before_write: 0, drop_after_write: 0, answer_twice: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          chances: fc.record({
            drop_before_write: chance,
            drop_after_write: chance,
            answer_twice: chance,
          }),
          streamCount: fc.integer({ min: 4, max: 16 }),
          appendsEach: fc.integer({ min: 1, max: 4 }),
        }),
        async ({ seed, chances, streamCount, appendsEach }) => {
          const node = await startHostileNode({ seed, plan: { chances } });
          const store = connectEventStore(node);
          try {
            const streams = Array.from({ length: streamCount }, (_, at) => `daybook.order-${at}`);
            await sixteenWritersAppend(store, streams, appendsEach);
          } finally {
            await store.close();
            await node.stop();
          }
          faults.drop_before_write += node.counters.droppedBeforeWrite;
          faults.drop_after_write += node.counters.droppedAfterWrite;
          faults.answer_twice += node.counters.answeredTwice;
        },
      ),
      { numRuns: isDeep ? 500 : 10, endOnFailure: true },
    );
    expect(Math.min(...Object.values(faults))).toBeGreaterThan(0);
  });
});

describe('a live subscription that the node finds too slow again and again', () => {
  it('misses and repeats nothing, and makes one notice of it', async () => {
    const node = await startHostileNode({ seed: 1, plan: { liveEventsMax: 32 } });
    onTestFinished(() => node.stop());
    const notices: StoreNotice[] = [];
    const store = givenStore({ ...node, report: (notice) => notices.push(notice) });
    const written = await fill(store, 'daybook.order-0', 100);
    const abort = new AbortController();
    const received: string[] = [];
    let bursts = 0;
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    for await (const batch of store.subscribeInBatches(request, { itemsMax: 100 })) {
      received.push(...eventIdsOf(batch));
      if (!batch.some((item) => item.kind === 'caught_up')) continue;
      if (bursts === 6) abort.abort();
      else written.push(...(await fill(store, `daybook.burst-${(bursts += 1)}`, 40)));
    }
    expect(received).toEqual(written);
    const { subscriptionsTooSlow, subscriptionsInterrupted } = store.statistics();
    expect(node.counters.abortedSubscriptions).toBe(6);
    expect(subscriptionsTooSlow + subscriptionsInterrupted).toBe(6);
    expect(notices.filter(({ code }) => code === 'subscription_too_slow')).toMatchObject([
      { occurrences: 1 },
    ]);
  });
});
