import { comparePositions, type StorePosition } from '#kernel';
import type { EventStoreReader } from '#event-store';
import { performance } from 'node:perf_hooks';
import type { PoolClient } from 'pg';
import { arrivalsOf } from '../as-of/arrivals.js';
import { defaultCacheLimits } from '../cache/fact-cache.js';
import { directFeed, type FedEvent } from '../feed/event-feed.js';
import { answerRequests } from '../parking/answer-requests.js';
import { openParking } from '../parking/open-parking.js';
import { RetryRequests } from '../parking/retry-requests.js';
import type { Checkpoint } from '../postgres/checkpoint.js';
import { readStoredFacts } from '../postgres/stored-facts.js';
import { BatchFolder } from './batch-folder.js';
import { EventBatches } from './event-batches.js';
import { type Holding, keyOf } from './holding.js';
import type { LastBatch, Stop } from './progress.js';
import type { Writing } from './writing.js';

const millisecondsApartMax = 20;

/**
 * Applies batches, each while the next is read and folded, and does what is asked for between two.
 *
 * @param isolateUpTo batches that begin before this sequence are applied part by part
 */
export async function applyBatches<Event, View>(
  holding: Holding<Event, View>,
  client: PoolClient,
  taken: Checkpoint,
  { writing, ending }: { readonly writing: Writing<Event, View>; readonly ending: AbortController },
  isolateUpTo: number,
): Promise<Stop | undefined> {
  const { plan, store, streamPrefix, batchEventsMax, reporter } = holding;
  const signal = AbortSignal.any([holding.signal, ending.signal]);
  const folder = new BatchFolder(
    plan,
    async (need) => {
      // The batch before this one must be visible before anything is looked up.
      await writing.settled();
      return readStoredFacts(client, plan.definition, plan.generation, need);
    },
    holding.cacheLimits ?? defaultCacheLimits,
    taken.position === undefined,
  );
  const after = taken.position ?? 'start';
  const tail = await tailBehind(store, streamPrefix, taken);
  const items = (holding.feed ?? directFeed(store, streamPrefix)).subscribe({ after, signal });
  const iterator = items[Symbol.asyncIterator]();
  const turned = (live: boolean): void => reporter.turned(live);
  const batches = new EventBatches(iterator, batchEventsMax, turned, tail, {
    millisecondsApart: () => millisecondsApart(reporter.progress.lastBatch),
    written: () => writing.ended,
  });
  const parking = await openParking(holding, client, folder);
  const requests = await RetryRequests.on(client, keyOf(plan));
  let next: Promise<readonly FedEvent[] | undefined> | undefined;
  let at = taken;
  try {
    for (;;) {
      next ??= withoutStray(batches.next());
      // What is asked for goes first: while catching up there is always a next batch.
      const events = await Promise.race([requests.arrived(), next]);
      if (events === 'asked') {
        await writing.settled();
        await answerRequests(requests, parking, client, at);
        reporter.parked(parking.counts);
        continue;
      }
      next = undefined;
      if (events === undefined) break;
      const began = performance.now();
      const isolated = at.sequence < isolateUpTo;
      if (isolated) await writing.settled();
      const { folded, to, stop } = isolated
        ? await parking.applyIsolated(client, at, events)
        : await parking.prepare(at, events);
      const { fold, parked } = folded;
      if (to) {
        const foldMilliseconds = performance.now() - began;
        await writing.settled();
        const arrivals = arrivalsOf(plan.definition, at.sequence, to.sequence, events);
        const batch = { from: at, to, arrivals, parked };
        const count = { events: to.sequence - at.sequence, foldMilliseconds };
        if (isolated) writing.wrote(fold, batch, count, parking.counts, 0);
        else writing.start(fold, batch, count, parking.counts);
        at = { ...at, ...to };
      }
      if (stop) {
        await writing.settled();
        return stop;
      }
    }
    await writing.settled();
    return undefined;
  } finally {
    requests.stop();
    ending.abort();
    await iterator.return?.();
  }
}

/** Live, no more than half of the time goes into batches, and nothing waits for the other half longer. */
function millisecondsApart(last: LastBatch | undefined): number {
  if (last === undefined) return 0;
  return Math.min(2 * (last.foldMilliseconds + last.writeMilliseconds), millisecondsApartMax);
}

/** It may fail while nobody waits for it, which must not end the process. */
function withoutStray<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

/** The position of the store's last event, where the group has not applied it yet. */
async function tailBehind(
  store: EventStoreReader,
  streamPrefix: string,
  { position }: Checkpoint,
): Promise<StorePosition | undefined> {
  const tail = await store.readTail(streamPrefix);
  if (tail === undefined) return undefined;
  return position && comparePositions(tail.position, position) <= 0 ? undefined : tail.position;
}
