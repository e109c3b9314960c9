import type { PoolClient } from 'pg';
import { awaitLease } from '../lease/await-lease.js';
import { Heartbeat } from '../lease/heartbeat.js';
import { type HeldLease, releaseLease } from '../lease/keep-lease.js';
import { RowsRefusedError } from '../parking/rows-refused.js';
import { type Checkpoint, readGenerationCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { GuardLostError } from '../postgres/write-batch.js';
import { applyBatches } from './apply-batches.js';
import { type Holding, keyOf } from './holding.js';
import { checkLedger } from './ledger-identity.js';
import type { Stop } from './progress.js';
import { Writing } from './writing.js';

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

function generationDropped({ groupName, generation }: GenerationKey): Stop {
  return {
    code: 'generation_dropped',
    message:
      `Generation ${generation} of ${groupName} was retired and its tables are gone. ` +
      'Run one that daybook projection list shows as active, building or standby.',
  };
}
