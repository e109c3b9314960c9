import type { Pool } from 'pg';
import type { EventStoreReader } from '#event-store';
import { comparePositions, defaultLedgerPrefix } from '#kernel';
import { readCheckpoint } from '#projection-engine';
import { DaybookStartError } from './start-error.js';

/**
 * Refuses an event store that ends before the last event the read models hold. Served, it would
 * acknowledge new facts at revisions that others had, until the projector notices.
 *
 * @throws DaybookStartError `store_behind_checkpoint`; nothing is written anywhere
 */
export async function checkStoreReaches(
  store: EventStoreReader,
  pool: Pool,
  groupName: string,
): Promise<void> {
  if (!(await hasGenerations(pool))) return;
  const checkpoint = await readCheckpoint(pool, groupName);
  if (checkpoint?.position === undefined) return;
  const tail = await store.readTail(defaultLedgerPrefix);
  if (tail !== undefined && comparePositions(tail.position, checkpoint.position) >= 0) return;
  throw new DaybookStartError(
    'store_behind_checkpoint',
    `The event store ends before the last of the ${checkpoint.sequence} events that the read models ` +
      'in the database hold (store_behind_checkpoint): it was restored from an older copy, or is not ' +
      'the one this database belongs to. Start with the newer event store, or restore the database ' +
      'from a backup that is not newer than the event store.',
  );
}

/** A database that no projector has used yet has no table of generations. */
export async function hasGenerations(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ exists: boolean }>(
    "SELECT to_regclass('projection_engine.generation') IS NOT NULL AS exists",
  );
  return rows[0]?.exists === true;
}
