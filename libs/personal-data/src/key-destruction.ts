import type { ClientBase } from 'pg';
import type { PersonTraces } from './data-key-store.js';

/** The overwritten value is still in the write-ahead log and in backups, wrapped. */
const destroySubjectsStatement = `
  UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
  WHERE key_id = ANY($1) AND destroyed_at IS NULL
  RETURNING key_id`;

const tracesStatement = `
  SELECT 'subject' AS kind, subject_digest AS value FROM kept.subject_key WHERE key_id = ANY($1)
  UNION SELECT 'index', digest FROM kept.blind_index WHERE key_id = ANY($1)
  UNION SELECT 'leaf', leaf FROM kept.blind_index WHERE key_id = ANY($1)
  UNION SELECT 'leaf', coalesce(leaf, outcome ->> 'leaf') FROM kept.delivery
  WHERE subject_key_ids <> '{}' AND subject_key_ids && $1 AND (leaf IS NOT NULL OR outcome IS NOT NULL)`;

const destroyDeliveriesStatement = `
  UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
  WHERE destroyed_at IS NULL AND key_id IN (
    SELECT key_id FROM kept.delivery WHERE subject_key_ids <> '{}' AND subject_key_ids && $1
  )`;

const destroyQuarantinedStatement = `
  UPDATE kept.subject_key SET wrapped_key = NULL, destroyed_at = now()
  WHERE destroyed_at IS NULL AND key_id IN (
    SELECT key_id FROM kept.quarantine WHERE person_digests <> '{}' AND person_digests && $1
  )`;

/**
 * Destroys keys of subjects and answers those that lived until now. Whoever is keeping a delivery
 * that tells of one of them holds its row, so that this waits, and the evidence that is destroyed next
 * is complete.
 */
export async function destroySubjectKeys(
  client: ClientBase,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ key_id: string }>(destroySubjectsStatement, [keyIds]);
  return rows.map(({ key_id: keyId }) => keyId);
}

/** Destroys the keys of raw bodies that tell of the keys' subjects, and their search entries. */
export async function destroyEvidenceKeys(
  client: ClientBase,
  keyIds: readonly string[],
  personDigests: (traces: PersonTraces) => readonly string[],
): Promise<number> {
  const digests = personDigests(await tracesOfKeys(client, keyIds));
  const deliveries = await client.query(destroyDeliveriesStatement, [keyIds]);
  const quarantined = await client.query(destroyQuarantinedStatement, [digests]);
  await client.query('DELETE FROM kept.blind_index WHERE key_id = ANY($1)', [keyIds]);
  return (deliveries.rowCount ?? 0) + (quarantined.rowCount ?? 0);
}

export async function tracesOfKeys(
  client: ClientBase,
  keyIds: readonly string[],
): Promise<PersonTraces> {
  const { rows } = await client.query<{ kind: 'subject' | 'index' | 'leaf'; value: string }>(
    tracesStatement,
    [keyIds],
  );
  const valuesOf = (wanted: string): string[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  return {
    subjectDigests: valuesOf('subject'),
    indexDigests: valuesOf('index'),
    leaves: valuesOf('leaf'),
  };
}
