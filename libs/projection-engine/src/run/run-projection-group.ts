import type { EventStoreReader } from '#event-store';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { CacheLimits } from '../cache/fact-cache.js';
import type { GroupDefinition } from '../contract.js';
import { DerivationError, groupPlanOf } from '../fold/derive-rows.js';
import type { EventFeed } from '../feed/event-feed.js';
import { defaultLeaseTerms, type LeaseTerms } from '../lease/lease-terms.js';
import type { ParkingLimits } from '../parking/parked-keys.js';
import type { SkippedEvents } from '../parking/parking-session.js';
import { GuardLostError } from '../postgres/write-batch.js';
import { TablesDifferError } from '../postgres/write-rows.js';
import type { EventReading } from './batch-folder.js';
import { holdGroup } from './hold-group.js';
import { isOutage } from './outage.js';
import { ProgressReporter } from './progress-reporter.js';
import type { GroupProgress, Stop, StopCode } from './progress.js';

const retryMillisecondsMin = 50;
const retryMillisecondsMax = 5_000;

export interface RunOptions<Event, View> extends EventReading {
  readonly store: EventStoreReader;
  /** Reads the same store's events as they come; on this thread where it is left out. */
  readonly feed?: EventFeed;
  /** One connection of it is held for as long as the group runs, and one more for each renewal. */
  readonly pool: Pool;
  readonly definition: GroupDefinition<Event, View>;
  /** Which build of the tables it writes; several are run side by side, each by its own run. */
  readonly generation: number;
  /** How many events one transaction applies at most; 2,000 to 5,000 catch up fastest. */
  readonly batchEventsMax: number;
  readonly cacheLimits?: CacheLimits;
  /** How much may be parked before the run stops instead; 100 keys where it is left out. */
  readonly parkingLimits?: ParkingLimits;
  /** Events that a recorded decision leaves out; read when the group is taken and at every retry. */
  readonly skippedEvents?: SkippedEvents;
  /** How several runs of one generation share it; `defaultLeaseTerms` where it is left out. */
  readonly lease?: LeaseTerms;
  /** Ends the run after the batch in flight. */
  readonly signal: AbortSignal;
  /** Called on every change: each commit, and each change of state. */
  readonly report: (progress: GroupProgress) => void;
}

export type RunEnd = { readonly outcome: 'ended' } | ({ readonly outcome: 'stopped' } & Stop);

/**
 * Runs a projection group: waits until nobody else does, and applies every ledger event exactly once,
 * each batch with all projections and the checkpoint in one transaction. Any number of runs, in any
 * processes, may wait: one of them holds the group, and where it loses it waits again.
 *
 * Outages of PostgreSQL and of the store are waited out, however long. What waiting cannot mend stops
 * the run: it is returned, and reported before. The tables must be there (`createTables`).
 */
export async function runProjectionGroup<Event, View>(
  options: RunOptions<Event, View>,
): Promise<RunEnd> {
  const { definition, signal, report } = options;
  const reporter = new ProgressReporter(definition.name, report);
  const plan = groupPlanOf(definition, options.generation);
  const lease = options.lease ?? defaultLeaseTerms;
  const holding = { ...options, plan, reporter, lease, holder: newHolder() };
  let attempt = 0;
  let sequenceAtFailure = -1;
  for (;;) {
    try {
      const stop = await holdGroup(holding);
      return stop ? stopped(reporter, stop) : { outcome: 'ended' };
    } catch (error) {
      if (signal.aborted) return { outcome: 'ended' };
      const isLost = error instanceof GuardLostError;
      if (!isLost && !isOutage(error)) return stopped(reporter, stopFor(error));
      const { sequence } = reporter.progress;
      attempt = sequence === sequenceAtFailure ? attempt + 1 : 1;
      sequenceAtFailure = sequence;
      reporter.changeState({ state: 'retrying', attempt, message: messageOf(error) });
    }
    await pause(attempt, signal);
    if (signal.aborted) return { outcome: 'ended' };
  }
}

/** Tells an operator where a holder runs, and each run from any other. */
function newHolder(): string {
  return `${hostname()}/${process.pid}/${randomUUID()}`;
}

function stopped(reporter: ProgressReporter, stop: Stop): RunEnd {
  reporter.changeState({ state: 'stopped', ...stop });
  return { outcome: 'stopped', ...stop };
}

function stopFor(error: unknown): Stop {
  return { code: stopCodeOf(error), message: messageOf(error) };
}

function stopCodeOf(error: unknown): StopCode {
  if (error instanceof DerivationError) return 'derivation_failed';
  if (error instanceof TablesDifferError) return 'tables_differ';
  return 'failed';
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Doubles with each attempt, up to a limit. */
async function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const doubled = retryMillisecondsMin * 2 ** Math.min(attempt - 1, 10);
  const milliseconds = Math.min(doubled, retryMillisecondsMax);
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
