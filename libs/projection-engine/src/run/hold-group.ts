import { comparePositions, type StorePosition } from '#kernel';
import type { EventStoreReader } from '#event-store';
import { performance } from 'node:perf_hooks';
import type { Pool, PoolClient } from 'pg';
import { arrivalsOf } from '../as-of/arrivals.js';
import { type CacheLimits, defaultCacheLimits } from '../cache/fact-cache.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { BatchFold } from '../fold/fold-batch.js';
import { awaitLease } from '../lease/await-lease.js';
import { Heartbeat } from '../lease/heartbeat.js';
import { type HeldLease, releaseLease } from '../lease/keep-lease.js';
import type { LeaseTerms } from '../lease/lease-terms.js';
import { type Checkpoint, readGenerationCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { readStoredFacts } from '../postgres/stored-facts.js';
import { answerRequests } from '../parking/answer-requests.js';
import { openParking } from '../parking/open-parking.js';
import type { ParkingLimits } from '../parking/parked-keys.js';
import type { ParkedCounts, SkippedEvents } from '../parking/parking-session.js';
import { RetryRequests } from '../parking/retry-requests.js';
import { RowsRefusedError } from '../parking/rows-refused.js';
import { type BatchRecord, GuardLostError, writeBatch } from '../postgres/write-batch.js';
import { BatchFolder, type EventReading } from './batch-folder.js';
import { EventBatches } from './event-batches.js';
import { checkLedger } from './ledger-identity.js';
import { directFeed, type EventFeed, type FedEvent } from '../feed/event-feed.js';
import type { ProgressReporter } from './progress-reporter.js';
import type { LastBatch, Stop } from './progress.js';

/** What a holder works with. */
export interface Holding<Event, View> extends EventReading {
  readonly store: EventStoreReader;
  readonly feed?: EventFeed;
  readonly pool: Pool;
  readonly plan: GroupPlan<Event, View>;
  readonly batchEventsMax: number;
  readonly cacheLimits?: CacheLimits | undefined;
  readonly parkingLimits?: ParkingLimits | undefined;
  readonly skippedEvents?: SkippedEvents | undefined;
  /** Tells this run from any other that takes the group. */
  readonly holder: string;
  readonly lease: LeaseTerms;
  readonly signal: AbortSignal;
  readonly reporter: ProgressReporter;
}

/**
 * Waits for the group's lease on one connection, and applies batches under it until it is told to end,
 * has to stop, or loses a connection. Where it ends, the lease is given back.
 *
 * @returns why the group has to stop, or undefined where it was told to end.
 * @throws Error on an outage, or GuardLostError; the caller waits for the lease again.
 */
export async function holdGroup<Event, View>(
  holding: Holding<Event, View>,
): Promise<Stop | undefined> {
  const { pool, plan, holder, reporter } = holding;
  const client = await pool.connect();
  // Without a listener a connection that is lost while idle would end the process.
  client.on('error', ignoreIdleError);
  try {
    // Its queries all go by key; without statistics on young tables the planner would scan them.
    await client.query('SET enable_seqscan = off');
    const key = keyOf(plan);
    const onStandby = (heldBy: string): void => reporter.changeState({ state: 'standby', heldBy });
    const { signal, lease: terms } = holding;
    const taken = await awaitLease(client, { ...key, holder, terms, signal, onStandby });
    if (taken === undefined) return undefined;
    if (taken.outcome === 'dropped') return generationDropped(key);
    reporter.taken(taken.checkpoint);
    const lease = { ...key, holder, epoch: taken.checkpoint.epoch };
    const stop = await applyUnderLease(holding, client, lease, taken.checkpoint);
    await releaseLease(client, lease);
    return stop;
  } finally {
    // Never back into the pool: it may be broken, and its planner is set for the engine alone.
    client.release(true);
  }
}

function ignoreIdleError(): void {
  // The next query on the connection rejects, and that is where it is handled.
}

/**
 * Applies batches under a lease. A batch of which PostgreSQL refuses rows is taken up again, with all
 * that is known in memory of the state forgotten, and is then applied without those rows.
 */
async function applyUnderLease<Event, View>(
  holding: Holding<Event, View>,
  client: PoolClient,
  lease: HeldLease,
  taken: Checkpoint,
): Promise<Stop | undefined> {
  let at = taken;
  let isolateUpTo = 0;
  for (;;) {
    try {
      return await applyFrom(holding, client, lease, at, isolateUpTo);
    } catch (error) {
      if (!(error instanceof RowsRefusedError)) throw error;
      isolateUpTo = error.upTo;
    }
    await client.query('ROLLBACK');
    // Under the epoch that was taken: by that of a successor its guard would let this one through.
    at = { ...((await readGenerationCheckpoint(client, lease)) ?? at), epoch: taken.epoch };
  }
}

async function applyFrom<Event, View>(
  holding: Holding<Event, View>,
  client: PoolClient,
  lease: HeldLease,
  taken: Checkpoint,
  isolateUpTo: number,
): Promise<Stop | undefined> {
  const ending = new AbortController();
  const writing = new Writing(holding, client, ending);
  const heartbeat = new Heartbeat(holding.pool, lease, holding.lease.renewMilliseconds, () =>
    writing.fail(
      new GuardLostError(`The lease of ${lease.groupName} was taken by another process.`),
    ),
  );
  try {
    const stop = await checkLedger(holding, lease.groupName, taken);
    const session = { writing, ending };
    return stop ?? (await applyBatches(holding, client, taken, session, isolateUpTo));
  } finally {
    await heartbeat.stop();
  }
}

async function applyBatches<Event, View>(
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
  const batches = new EventBatches(iterator, batchEventsMax, turned, tail);
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

type BatchCount = Pick<LastBatch, 'events' | 'foldMilliseconds'>;

/** The one batch that is being written while the next is read and folded. */
class Writing<Event, View> {
  private inFlight: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly holding: Holding<Event, View>,
    private readonly client: PoolClient,
    /** Ends the subscription, so that a failure is seen though no event comes. */
    private readonly ending: AbortController,
  ) {}

  start(fold: BatchFold<Event>, batch: BatchRecord, count: BatchCount, parked: ParkedCounts): void {
    const began = performance.now();
    this.inFlight = writeBatch(this.client, this.holding.plan, fold, batch).then(
      () => this.wrote(fold, batch, count, parked, performance.now() - began),
      (error: unknown) => this.fail(error),
    );
  }

  /** Reports a batch that is committed. */
  wrote(
    fold: BatchFold<Event>,
    { from, to }: BatchRecord,
    count: BatchCount,
    parked: ParkedCounts,
    writeMilliseconds: number,
  ): void {
    const subjects = fold.rowsBySubject.size;
    const { reporter } = this.holding;
    reporter.committed(
      { ...from, ...to },
      { ...count, subjects, writeMilliseconds },
      fold.repeated,
      parked,
    );
  }

  /** Makes whoever waits next, and the subscription, end with an error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.ending.abort();
  }

  /** Waits for the batch in flight. @throws whatever it failed with. */
  async settled(): Promise<void> {
    await this.inFlight;
    if (this.failure) throw this.failure.error;
  }
}

function keyOf<Event, View>({ definition, generation }: GroupPlan<Event, View>): GenerationKey {
  return { groupName: definition.name, generation };
}

function generationDropped({ groupName, generation }: GenerationKey): Stop {
  return {
    code: 'generation_dropped',
    message:
      `Generation ${generation} of ${groupName} was retired and its tables are gone. ` +
      'Run one that daybook projection list shows as active, building or standby.',
  };
}
