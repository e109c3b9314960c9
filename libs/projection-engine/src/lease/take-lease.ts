import type { ClientBase } from 'pg';
import { acquireGroup, type Checkpoint } from '../postgres/checkpoint.js';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';
import type { LeaseTerms } from './lease-terms.js';

export type TakeOutcome =
  | { readonly outcome: 'taken'; readonly checkpoint: Checkpoint }
  /** Somebody else holds it, for so long at least if it falls silent now. */
  | { readonly outcome: 'held'; readonly holder: string; readonly remainingMilliseconds: number }
  /** There is nothing to hold: the generation was retired. */
  | { readonly outcome: 'dropped' };

interface LeaseRow {
  readonly holder: string;
  readonly remaining_milliseconds: number;
  readonly is_connected: boolean;
}

// The connection that the holder writes on tells of its death before its time is over: PostgreSQL
// sees it end. The start tells it from a later backend that was given the same number.
const readLease = `SELECT holder, (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8
    AS remaining_milliseconds,
  EXISTS (SELECT FROM pg_stat_activity WHERE pid = backend_pid
    AND (backend_start IS NULL OR backend_start = backend_started_at)) AS is_connected
  FROM ${engineSchema}.lease WHERE group_name = $1 AND generation = $2`;

// A process that was stopped, or a machine that vanished, can leave a transaction open that nobody
// will end, with the checkpoint's row locked. It is ended here, which rolls it back.
const endAbandonedTransaction = `SELECT pg_terminate_backend(pid)
  FROM pg_stat_activity JOIN ${engineSchema}.lease ON pid = backend_pid
  WHERE group_name = $1 AND generation = $2 AND backend_start = backend_started_at
    AND xact_start IS NOT NULL AND usename = current_user AND pid <> pg_backend_pid()`;

const writeLease = `INSERT INTO ${engineSchema}.lease AS held
    (group_name, generation, epoch, holder, backend_pid, backend_started_at, lease_milliseconds,
     expires_at)
  SELECT $1, $2, $3::bigint, $4, pid, backend_start, $5::integer,
    clock_timestamp() + $5::integer * interval '1 millisecond'
  FROM pg_stat_activity WHERE pid = pg_backend_pid()
  ON CONFLICT (group_name, generation) DO UPDATE SET epoch = excluded.epoch,
    holder = excluded.holder, backend_pid = excluded.backend_pid,
    backend_started_at = excluded.backend_started_at,
    lease_milliseconds = excluded.lease_milliseconds, expires_at = excluded.expires_at`;

/**
 * Takes the lease of a generation where it is free, has expired, was this holder's before, or was
 * held on a connection that has ended; and with it the checkpoint, under a new epoch.
 *
 * The former holder's transaction may still be committing. Taking the checkpoint waits for it to end,
 * and by the new epoch none that comes later can move it: what is returned is settled, whether or not
 * a reply to a COMMIT was lost.
 */
export async function takeLease(
  client: ClientBase,
  key: GenerationKey,
  holder: string,
  { leaseMilliseconds }: LeaseTerms,
): Promise<TakeOutcome> {
  const names = [key.groupName, key.generation];
  const seen = await heldByOther(client, key, holder);
  if (seen) return seen;
  await client.query(endAbandonedTransaction, names);
  await client.query('BEGIN');
  // What holds the row longer is looked at again, and ended, at the next attempt. One that is stopped
  // while it takes the lease is in no table yet, so PostgreSQL ends its transaction by itself.
  await client.query(
    `SET LOCAL lock_timeout = ${leaseMilliseconds};
     SET LOCAL idle_in_transaction_session_timeout = ${leaseMilliseconds}`,
  );
  const { rowCount } = await client.query(
    `SELECT FROM ${engineSchema}.generation
     WHERE group_name = $1 AND generation = $2 AND state <> 'retired' FOR SHARE`,
    names,
  );
  if (rowCount === 0) return rolledBack(client, { outcome: 'dropped' });
  const checkpoint = await acquireGroup(client, key, holder);
  // While this waited for the checkpoint, its holder may have renewed, or another may have taken it.
  const renewed = await heldByOther(client, key, holder, 'FOR UPDATE');
  if (renewed) return rolledBack(client, renewed);
  await client.query(writeLease, [...names, checkpoint.epoch, holder, leaseMilliseconds]);
  await client.query('COMMIT');
  return { outcome: 'taken', checkpoint };
}

async function heldByOther(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  holder: string,
  locking: 'FOR UPDATE' | '' = '',
): Promise<TakeOutcome | undefined> {
  const { rows } = await client.query<LeaseRow>(`${readLease} ${locking}`, [groupName, generation]);
  const [lease] = rows;
  if (!lease || lease.holder === holder) return undefined;
  const { remaining_milliseconds: remainingMilliseconds, is_connected: isConnected } = lease;
  if (remainingMilliseconds <= 0 || !isConnected) return undefined;
  return { outcome: 'held', holder: lease.holder, remainingMilliseconds };
}

async function rolledBack(client: ClientBase, outcome: TakeOutcome): Promise<TakeOutcome> {
  await client.query('ROLLBACK');
  return outcome;
}
