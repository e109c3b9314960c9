import type { Pool, PoolClient } from 'pg';
import type { KeyRing } from './key-ring.js';

/** What a rotation did. */
export interface KeyRotation {
  /** The generation that wraps every key now. */
  readonly generation: number;
  /** Data keys that were wrapped anew by this run. */
  readonly rewrapped: number;
  /** True where an earlier run had begun it. */
  readonly resumed: boolean;
}

export const defaultRotationBatchKeys = 1_000;

interface FormerRow {
  readonly key_id: string;
  readonly wrapped_key: Buffer;
  readonly generation: number;
}

const rewrapStatement = `
  UPDATE kept.subject_key AS kept SET wrapped_key = given.wrapped_key, generation = $3
  FROM unnest($1::uuid[], $2::bytea[]) AS given (key_id, wrapped_key)
  WHERE kept.key_id = given.key_id AND kept.destroyed_at IS NULL`;

/**
 * Replaces the key-encryption key: a new one is written beside it, every live data key is wrapped
 * anew, and the former one is removed. Each step may be the last before a crash: the key file and
 * the generation in each row say where to go on, and both keys are read until the end.
 *
 * What the former key wrapped, in write-ahead logs and in backups, opens never again.
 */
export async function rotateKeyEncryptionKey(
  pool: Pool,
  ring: KeyRing,
  batchKeysMax = defaultRotationBatchKeys,
): Promise<KeyRotation> {
  const resumed = ring.isBeingReplaced;
  if (!resumed) await ring.addGeneration();
  await announceGeneration(pool, ring);
  let rewrapped = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const batch = await rewrapBatch(pool, ring, after, batchKeysMax);
    if (batch === undefined) break;
    rewrapped += batch.count;
    after = batch.lastKeyId;
  }
  await checkAllRewrapped(pool, ring);
  await ring.removeFormer();
  await pool.query('DELETE FROM kept.key_generation WHERE generation < $1', [ring.generation]);
  return { generation: ring.generation, rewrapped, resumed };
}

/** From here on the database takes no key that is wrapped by a former generation. */
async function announceGeneration(pool: Pool, ring: KeyRing): Promise<void> {
  await inTransaction(pool, async (client) => {
    // Waits for whoever is keeping a key of the former generation, so that all of them are seen below.
    await client.query('LOCK TABLE kept.subject_key IN SHARE ROW EXCLUSIVE MODE');
    await client.query(
      `INSERT INTO kept.key_generation (generation, wrapped_digest_keys) VALUES ($1, $2)
       ON CONFLICT (generation) DO NOTHING`,
      [ring.generation, ring.wrappedDigestKeys()],
    );
  });
}

async function rewrapBatch(
  pool: Pool,
  ring: KeyRing,
  after: string,
  keysMax: number,
): Promise<{ readonly count: number; readonly lastKeyId: string } | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<FormerRow>(
      `SELECT key_id, wrapped_key, generation FROM kept.subject_key
       WHERE key_id > $1 AND generation < $2 AND destroyed_at IS NULL
       ORDER BY key_id LIMIT $3 FOR UPDATE`,
      [after, ring.generation, keysMax],
    );
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    const wrapped = rows.map(({ key_id: keyId, wrapped_key: wrappedKey, generation }) =>
      ring.wrap(keyId, ring.unwrap(keyId, wrappedKey, generation)),
    );
    const keyIds = rows.map(({ key_id: keyId }) => keyId);
    await client.query(rewrapStatement, [keyIds, wrapped, ring.generation]);
    return { count: rows.length, lastKeyId: last.key_id };
  });
}

async function checkAllRewrapped(pool: Pool, ring: KeyRing): Promise<void> {
  const { rows } = await pool.query<{ count: string }>(
    'SELECT count(*) FROM kept.subject_key WHERE generation < $1 AND destroyed_at IS NULL',
    [ring.generation],
  );
  const count = Number(rows[0]?.count ?? 0);
  if (count === 0) return;
  throw new Error(`${count} data keys are still wrapped by the former key; it is kept.`);
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw failure;
  } finally {
    // A connection whose work failed is closed, which ends its transaction.
    client.release(failure);
  }
}
