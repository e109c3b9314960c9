import { describe, expect, it, onTestFinished } from 'vitest';

import type { StoreNotice } from '#event-store';

import { HostileNode } from '../../doubles/hostile-node.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import { hostileRun } from './hostile-run.js';
import { eventIdsOf, fill, givenStore } from './store-on-disk.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200 : 20;
const givenSeed = process.env['DAYBOOK_TEST_SEED'];
const firstSeed = Number(givenSeed ?? Date.now() % 1_000_000);
const streamPrefix = 'daybook.';

describe(`sixteen writers and two readers on a hostile node (${runs} seeds from ${firstSeed})`, () => {
  const met: Record<string, number> = {};

  const seeds = Array.from({ length: givenSeed ? 1 : runs }, (_, index) => firstSeed + index);
  it.each(seeds)('have stored what was acknowledged and read it once, seed %i', async (seed) => {
    const strayErrors = watchForStrayErrors();
    const run = await hostileRun(seed);
    expect(run.storedPlaces).toEqual(run.acknowledgedPlaces);
    expect(new Set(run.stored).size).toBe(run.stored.length);
    for (const read of run.read) expect(read).toEqual(run.stored);
    expect(strayErrors()).toEqual([]);
    const { counters, unknown } = run;
    const { appends, abortedSubscriptions, brokenReads } = counters;
    const all = { ...counters.met, appends, abortedSubscriptions, brokenReads, unknown };
    for (const [name, count] of Object.entries(all)) met[name] = (met[name] ?? 0) + count;
  });

  it.skipIf(givenSeed !== undefined)('met everything a node can do', () => {
    console.log(`met: ${JSON.stringify(met)}`);
    const { deny_after_write: scripted, unknown, ...drawn } = met;
    expect(scripted).toBe(0);
    expect(unknown).toBeGreaterThanOrEqual(0);
    expect(Math.min(...Object.values(drawn))).toBeGreaterThan(0);
  });
});

describe('a live subscription that the node finds too slow again and again', () => {
  it('misses and repeats nothing, and makes one notice a minute of it', async () => {
    const node = await HostileNode.start({ seed: 1, plan: { liveEventsMax: 32 } });
    onTestFinished(() => node.stop());
    const { connectionString } = node;
    const notices: StoreNotice[] = [];
    const store = givenStore({ connectionString, report: (notice) => notices.push(notice) });
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
    expect(node.counters.abortedSubscriptions).toBe(6);
    expect(store.statistics()).toMatchObject({
      subscriptionsTooSlow: 6,
      subscriptionsInterrupted: 0,
    });
    const lines = () => notices.map(({ code, occurrences }) => `${code} ${occurrences}`);
    expect(lines()).toEqual(['subscription_too_slow 1']);
    await store.close();
    expect(lines()).toEqual(['subscription_too_slow 1', 'subscription_too_slow 5']);
  });
});
