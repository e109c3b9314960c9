import type { Pool } from 'pg';

const resolveStatement = `
  UPDATE kept.quarantine SET resolved_at = coalesce(resolved_at, $3)
  WHERE source = $1 AND digest = $2 RETURNING resolved_at`;

const endStatement = `
  UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
  WHERE destroyed_at IS NULL AND key_id IN (
    SELECT key_id FROM kept.quarantine
    WHERE resolved_at < $1::timestamptz - make_interval(days => $2)
  )`;

/** Says that an operator is done with an entry; answers since when, undefined where there is none. */
export async function resolveQuarantined(
  pool: Pool,
  source: string,
  digest: string,
  now: string,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ resolved_at: Date }>(resolveStatement, [source, digest, now]);
  return rows[0]?.resolved_at.toISOString();
}

/**
 * Destroys the keys of bodies that were resolved more than this many days ago; the entries stay,
 * with their digests and reasons. Answers how many were destroyed.
 */
export async function endRetention(
  pool: Pool,
  retentionDays: number,
  now: string,
): Promise<number> {
  const { rowCount } = await pool.query(endStatement, [now, retentionDays]);
  return rowCount ?? 0;
}
