import type { Pool, PoolClient } from 'pg';
import type { BlindIndexKind } from './blind-index.js';
import type { DataKeyStore, PersonTraces, SubjectKey } from './data-key-store.js';
import { destroyEvidenceKeys, destroySubjectKeys, tracesOfKeys } from './key-destruction.js';
import type { WrappedDataKey } from './personal-data-keys.js';

interface KeyRow {
  readonly key_id: string;
  readonly subject_digest: string;
  readonly wrapped_key: Buffer;
  readonly generation: number;
}

/** A claim that loses against another is answered by the next look; more losses mean a defect. */
const claimRoundsMax = 5;

const claimStatement = `
  WITH claimed AS (
    INSERT INTO kept.subject_key (key_id, subject_digest, wrapped_key, generation)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::integer[])
    ON CONFLICT (subject_digest) WHERE destroyed_at IS NULL DO NOTHING
    RETURNING key_id, subject_digest, wrapped_key, generation
  )
  SELECT key_id, subject_digest, wrapped_key, generation FROM claimed
  UNION ALL
  SELECT key_id, subject_digest, wrapped_key, generation FROM kept.subject_key
  WHERE subject_digest = ANY($2) AND destroyed_at IS NULL`;

const findStatement = `
  SELECT key_id, subject_digest, wrapped_key, generation FROM kept.subject_key
  WHERE key_id = ANY($1) AND destroyed_at IS NULL`;

const keysOfStatement = `
  SELECT key_id AS "keyId", subject_digest AS "subjectDigest", destroyed_at IS NULL AS "isLive"
  FROM kept.subject_key WHERE subject_digest = ANY($1) ORDER BY created_at, key_id`;

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
      const { rows } = await this.#pool.query<KeyRow>({
        name: 'personal data claims keys',
        text: claimStatement,
        values: [
          missing.map((key) => key.keyId),
          missing.map((key) => key.subjectDigest),
          missing.map((key) => key.wrappedKey),
          missing.map((key) => key.generation),
        ],
      });
      claimed.push(...rows.map(wrappedKeyOf));
      const found = new Set(rows.map((row) => row.subject_digest));
      missing = missing.filter((key) => !found.has(key.subjectDigest));
    }
    return claimed;
  }

  async find(keyIds: readonly string[]): Promise<readonly WrappedDataKey[]> {
    const { rows } = await this.#pool.query<KeyRow>({
      name: 'personal data finds keys',
      text: findStatement,
      values: [keyIds],
    });
    return rows.map(wrappedKeyOf);
  }

  async keysOf(
    subjectDigests: readonly string[],
  ): Promise<readonly (SubjectKey & { readonly isLive: boolean })[]> {
    const { rows } = await this.#pool.query<SubjectKey & { readonly isLive: boolean }>(
      keysOfStatement,
      [subjectDigests],
    );
    return rows;
  }

  async subjectsIndexedAs(kind: BlindIndexKind, digest: string): Promise<readonly string[]> {
    const { rows } = await this.#pool.query<{ subject_digest: string }>(
      `SELECT DISTINCT subject_digest FROM kept.blind_index JOIN kept.subject_key USING (key_id)
        WHERE kind = $1 AND digest = $2`,
      [kind, digest],
    );
    return rows.map(({ subject_digest: subjectDigest }) => subjectDigest);
  }

  async tracesOf(keyIds: readonly string[]): Promise<PersonTraces> {
    return this.#withConnection((client) => tracesOfKeys(client, keyIds));
  }

  async destroy(
    keyIds: readonly string[],
    personDigests: (traces: PersonTraces) => readonly string[],
  ): Promise<number> {
    return this.#withConnection(async (client) => {
      await client.query('BEGIN');
      const destroyed = await destroySubjectKeys(client, keyIds);
      // A key that was destroyed before took its evidence with it; a person who came back keeps theirs.
      const evidence =
        destroyed.length === 0 ? 0 : await destroyEvidenceKeys(client, destroyed, personDigests);
      await client.query('COMMIT');
      return destroyed.length + evidence;
    });
  }

  /** A connection whose work failed is closed, which ends its transaction. */
  async #withConnection<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw failure;
    } finally {
      client.release(failure);
    }
  }
}

function wrappedKeyOf(row: KeyRow): WrappedDataKey {
  return {
    keyId: row.key_id,
    subjectDigest: row.subject_digest,
    wrappedKey: row.wrapped_key,
    generation: row.generation,
  };
}
