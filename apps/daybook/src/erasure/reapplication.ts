import type { Pool } from 'pg';
import type { EventStoreReader } from '#event-store';
import { comparePositions, type StorePosition } from '#kernel';
import { type DestroyedKeysJournal, type PersonalDataVault, reapplyErasures } from '#personal-data';

export interface ReapplicationParts {
  readonly pool: Pool;
  readonly store: Pick<EventStoreReader, 'readAll' | 'readTail'>;
  /** Which copy of the event store this is: positions of another one mean nothing. */
  readonly storeId: string;
  readonly prefix: string;
  readonly vault: PersonalDataVault;
  readonly journal: Pick<DestroyedKeysJournal, 'keyIds'>;
}

export interface Reapplication {
  /** Keys that lived though they had been destroyed: a database was restored. */
  readonly destroyed: number;
  /** Erasures that were asked for and neither deferred nor completed: to be carried out. */
  readonly unfinished: readonly string[];
}

const erasurePrefix = 'erasure-';

/**
 * Makes true again what erasures did, before anything is served: keys that the journal names, and
 * those of all events behind the place that was reached the last time, are destroyed where they live.
 */
export async function reapplyAtStart(parts: ReapplicationParts): Promise<Reapplication> {
  const { vault, journal } = parts;
  const journalled = await reapplyErasures(vault, await journal.keyIds());
  const tail = await parts.store.readTail(parts.prefix);
  const after = await rememberedPosition(parts, tail?.position);
  const { keyIds, unfinished } = await erasureEvents(parts, after);
  const recorded = await reapplyErasures(vault, keyIds);
  if (unfinished.length === 0 && tail !== undefined) await remember(parts, tail.position);
  return { destroyed: journalled + recorded, unfinished };
}

/** The place is forgotten where the store ends before it or is another copy. */
async function rememberedPosition(
  { pool, storeId }: ReapplicationParts,
  tail: StorePosition | undefined,
): Promise<StorePosition | 'start'> {
  const { rows } = await pool.query<{ commit: string; prepare: string }>(
    `SELECT commit_position::text AS commit, prepare_position::text AS prepare
       FROM kept.erasure_progress WHERE store_id = $1`,
    [storeId],
  );
  const [row] = rows;
  if (row === undefined || tail === undefined) return 'start';
  const position = { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
  return comparePositions(position, tail) > 0 ? 'start' : position;
}

async function remember(
  { pool, storeId }: ReapplicationParts,
  { commit, prepare }: StorePosition,
): Promise<void> {
  await pool.query(
    `INSERT INTO kept.erasure_progress (store_id, commit_position, prepare_position)
     VALUES ($1, $2, $3)
     ON CONFLICT (only_row) DO UPDATE SET store_id = excluded.store_id,
       commit_position = excluded.commit_position, prepare_position = excluded.prepare_position`,
    [storeId, commit.toString(), prepare.toString()],
  );
}

async function erasureEvents(
  { store, prefix }: ReapplicationParts,
  after: StorePosition | 'start',
): Promise<{ readonly keyIds: readonly string[]; readonly unfinished: readonly string[] }> {
  const keyIds: string[] = [];
  const open = new Set<string>();
  const streamPrefix = `${prefix}${erasurePrefix}`;
  for await (const { stream, type, data } of store.readAll({ streamPrefix, after })) {
    const erasureId = stream.slice(streamPrefix.length);
    if (type === 'ErasureRequested' || type === 'SubjectKeyDestroyed') open.add(erasureId);
    else open.delete(erasureId);
    if (type === 'SubjectKeyDestroyed') keyIds.push(...keyIdsOf(data));
  }
  return { keyIds, unfinished: [...open] };
}

function keyIdsOf(data: unknown): readonly string[] {
  const { keys } = data as { readonly keys: readonly { readonly keyId: string }[] };
  return keys.map(({ keyId }) => keyId);
}
