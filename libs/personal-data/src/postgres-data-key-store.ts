import type { Pool } from 'pg';
import type { DataKeyStore } from './data-key-store.js';
import type { WrappedDataKey } from './key-encryption-key.js';

interface KeyRow {
  readonly key_id: string;
  readonly subject_digest: string;
  readonly wrapped_key: Buffer;
}

/** A claim that loses against another is answered by the next look; more losses mean a defect. */
const claimRoundsMax = 5;

const claimStatement = `
  WITH claimed AS (
    INSERT INTO kept.subject_key (key_id, subject_digest, wrapped_key)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])
    ON CONFLICT (subject_digest) WHERE destroyed_at IS NULL DO NOTHING
    RETURNING key_id, subject_digest, wrapped_key
  )
  SELECT key_id, subject_digest, wrapped_key FROM claimed
  UNION ALL
  SELECT key_id, subject_digest, wrapped_key FROM kept.subject_key
  WHERE subject_digest = ANY($2) AND destroyed_at IS NULL`;

const findStatement = `
  SELECT key_id, subject_digest, wrapped_key FROM kept.subject_key
  WHERE key_id = ANY($1) AND destroyed_at IS NULL`;

/** The overwritten value is still in the write-ahead log and in backups, wrapped. */
const destroyStatement = `
  WITH subject AS (
    UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
    WHERE subject_digest = $1 AND destroyed_at IS NULL
    RETURNING key_id
  ), evidence AS (
    UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
    WHERE destroyed_at IS NULL AND key_id IN (
      SELECT delivery.key_id FROM kept.delivery, subject
      WHERE delivery.subject_key_ids <> '{}' AND delivery.subject_key_ids @> ARRAY[subject.key_id]
    )
    RETURNING key_id
  ), searched AS (
    DELETE FROM kept.blind_index USING subject WHERE blind_index.key_id = subject.key_id
  )
  SELECT (SELECT count(*) FROM subject) + (SELECT count(*) FROM evidence) AS destroyed`;

/** Data keys in the table `kept.subject_key`. */
export class PostgresDataKeyStore implements DataKeyStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async claim(candidates: readonly WrappedDataKey[]): Promise<readonly WrappedDataKey[]> {
    // Sorted, so that two claims for the same subjects wait for each other and never deadlock.
    let missing = candidates.toSorted((left, right) =>
      left.subjectDigest < right.subjectDigest ? -1 : 1,
    );
    const claimed: WrappedDataKey[] = [];
    for (let round = 0; missing.length > 0; round += 1) {
      if (round === claimRoundsMax) {
        throw new Error(`${missing.length} data keys were neither found nor kept.`);
      }
      const { rows } = await this.#pool.query<KeyRow>(claimStatement, [
        missing.map((key) => key.keyId),
        missing.map((key) => key.subjectDigest),
        missing.map((key) => key.wrappedKey),
      ]);
      claimed.push(...rows.map(wrappedKeyOf));
      const found = new Set(rows.map((row) => row.subject_digest));
      missing = missing.filter((key) => !found.has(key.subjectDigest));
    }
    return claimed;
  }

  async find(keyIds: readonly string[]): Promise<readonly WrappedDataKey[]> {
    const { rows } = await this.#pool.query<KeyRow>(findStatement, [keyIds]);
    return rows.map(wrappedKeyOf);
  }

  async destroy(subjectDigest: string): Promise<number> {
    const { rows } = await this.#pool.query<{ destroyed: string }>(destroyStatement, [
      subjectDigest,
    ]);
    return Number(rows[0]?.destroyed ?? 0);
  }
}

function wrappedKeyOf(row: KeyRow): WrappedDataKey {
  return { keyId: row.key_id, subjectDigest: row.subject_digest, wrappedKey: row.wrapped_key };
}
