import type { Pool } from 'pg';
import { sha256Hex } from '#kernel';
import { type PersonalDataVault, withoutContacts } from '#personal-data';
import { isKeyGenerationRetired } from './database-failure.js';
import { bodyPlace, type SealedBody, sealBody } from './raw-body.js';

/** Bytes that could not be taken as a fact, and why. */
export interface QuarantineRequest {
  readonly source: string;
  /** Null where the bytes do not even tell their delivery's id. */
  readonly deliveryId: string | null;
  readonly rawBody: Uint8Array;
  readonly code: string;
  readonly field?: string;
  readonly message: string;
  /** Digests of persons the bytes tell of, beside those that are recognised in them. */
  readonly subjectDigests?: readonly string[];
}

/** One entry of the quarantine: the same bytes of the same source are one, counted. */
export interface QuarantineEntry {
  readonly digest: string;
  readonly source: string;
  readonly deliveryId: string | null;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  /** RFC 3339. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
  /** When an operator was done with it; null where nobody is yet. */
  readonly resolvedAt: string | null;
}

export interface QuarantinePage {
  readonly entries: readonly QuarantineEntry[];
  /** Give it back for the next page; null behind the last. */
  readonly next: string | null;
}

export const quarantinePageMax = 500;

const insertStatement = `
  WITH given AS (
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
      $8::uuid[], $9::text[], $10::bytea[], $11::integer[], $12::bigint[], $14::integer[],
      $15::text[]
    ) AS given (source, digest, delivery_id, code, field, message, sealed_body,
                key_id, subject_digest, wrapped_key, scrubbed_count, count, generation,
                person_digests)
  ), stored AS (
    INSERT INTO kept.quarantine AS kept (source, digest, delivery_id, code, field, message,
      first_seen, last_seen, count, sealed_body, key_id, scrubbed_count, person_digests)
    SELECT source, digest, delivery_id, code, field, message, $13, $13, count, sealed_body,
           key_id, scrubbed_count, person_digests::text[]
    FROM given ORDER BY source, digest
    ON CONFLICT (source, digest) DO UPDATE
      SET count = kept.count + excluded.count, last_seen = greatest(kept.last_seen, excluded.last_seen),
          delivery_id = excluded.delivery_id, code = excluded.code, field = excluded.field,
          message = excluded.message
    RETURNING key_id
  )
  INSERT INTO kept.subject_key (key_id, subject_digest, wrapped_key, generation)
  SELECT key_id, given.subject_digest, given.wrapped_key, given.generation
  FROM given JOIN stored USING (key_id)`;

/** Microseconds in the cursor: entries of one batch share their milliseconds. */
const listStatement = `
  SELECT digest, source, delivery_id, code, field, message, first_seen, last_seen, count,
         resolved_at, (extract(epoch FROM first_seen) * 1000000)::bigint AS first_seen_microseconds
  FROM kept.quarantine
  WHERE $1::bigint IS NULL
     OR first_seen < to_timestamp($1::bigint / 1000000.0)
     OR (first_seen = to_timestamp($1::bigint / 1000000.0) AND (source, digest) > ($2, $3))
  ORDER BY first_seen DESC, source, digest
  LIMIT $4`;

interface ListedRow {
  readonly digest: string;
  readonly source: string;
  readonly delivery_id: string | null;
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  readonly first_seen: Date;
  readonly last_seen: Date;
  readonly count: string;
  readonly resolved_at: Date | null;
  readonly first_seen_microseconds: string;
}

interface KeptRequest extends QuarantineRequest, SealedBody {
  readonly count: number;
  readonly personDigests: readonly string[];
}

/** Keeps bytes that were not understood; the same again is counted, and its newest reason shown. */
export async function keepInQuarantine(
  pool: Pool,
  vault: PersonalDataVault,
  requests: readonly QuarantineRequest[],
  now: string,
): Promise<void> {
  if (requests.length === 0) return;
  try {
    await sealAndInsert(pool, vault, requests, now);
  } catch (error) {
    if (!isKeyGenerationRetired(error)) throw error;
    await sealAndInsert(pool, vault, requests, now);
  }
}

async function sealAndInsert(
  pool: Pool,
  vault: PersonalDataVault,
  requests: readonly QuarantineRequest[],
  now: string,
): Promise<void> {
  const entries = new Map<string, KeptRequest>();
  for (const request of requests) {
    const { source, rawBody } = request;
    const digest = sha256Hex(rawBody);
    const key = JSON.stringify([source, digest]);
    const before = entries.get(key);
    const body = before ?? sealBody(vault, 'quarantine', source, digest, rawBody);
    const { sealed, scrubbedCount } = body;
    const count = (before?.count ?? 0) + 1;
    const personDigests = before?.personDigests ?? [
      ...new Set([...vault.personDigests(rawBody, source), ...(request.subjectDigests ?? [])]),
    ];
    entries.set(key, { ...request, digest, sealed, scrubbedCount, count, personDigests });
  }
  const kept = [...entries.values()];
  await pool.query(insertStatement, [
    kept.map((entry) => entry.source),
    kept.map((entry) => entry.digest),
    kept.map((entry) => entry.deliveryId),
    kept.map((entry) => entry.code),
    // The name of a field that was not understood may be somebody's address.
    kept.map((entry) => (entry.field === undefined ? null : withoutContacts(entry.field))),
    kept.map((entry) => withoutContacts(entry.message)),
    kept.map((entry) => entry.sealed.sealedBytes),
    kept.map((entry) => entry.sealed.wrapped.keyId),
    kept.map((entry) => entry.sealed.wrapped.subjectDigest),
    kept.map((entry) => entry.sealed.wrapped.wrappedKey),
    kept.map((entry) => entry.scrubbedCount),
    kept.map((entry) => entry.count),
    now,
    kept.map((entry) => entry.sealed.wrapped.generation),
    kept.map((entry) => `{${entry.personDigests.join(',')}}`),
  ]);
}

/** Lists the quarantine, the newest first; undefined where the cursor is none of ours. */
export async function listQuarantine(
  pool: Pool,
  page: { readonly cursor?: string; readonly limit: number },
): Promise<QuarantinePage | undefined> {
  const after = page.cursor === undefined ? firstPage : readCursor(page.cursor);
  if (after === undefined) return undefined;
  const limit = Math.min(Math.max(1, page.limit), quarantinePageMax);
  const { rows } = await pool.query<ListedRow>(listStatement, [...after, limit + 1]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { entries: shown.map(entryOf), next: hasMore ? writeCursor(last) : null };
}

/** The kept bytes of an entry, without card data; `erased` where their key was destroyed. */
export async function openQuarantinedBody(
  pool: Pool,
  vault: PersonalDataVault,
  source: string,
  digest: string,
): Promise<Buffer | 'erased' | undefined> {
  const { rows } = await pool.query<{ sealed_body: Buffer; key_id: string }>(
    'SELECT sealed_body, key_id FROM kept.quarantine WHERE source = $1 AND digest = $2',
    [source, digest],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return vault.openBytes(row.key_id, row.sealed_body, bodyPlace('quarantine', source, digest));
}

type Cursor = readonly [microseconds: string | null, source: string | null, digest: string | null];

const firstPage: Cursor = [null, null, null];

function writeCursor(row: ListedRow): string {
  const fields = [row.first_seen_microseconds, row.source, row.digest];
  return Buffer.from(JSON.stringify(fields), 'utf8').toString('base64url');
}

function readCursor(text: string): Cursor | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(fields) || fields.length !== 3) return undefined;
  const [microseconds, source, digest] = fields as unknown[];
  if (typeof microseconds !== 'string' || !/^\d{1,17}$/.test(microseconds)) return undefined;
  if (typeof source !== 'string' || typeof digest !== 'string') return undefined;
  return [microseconds, source, digest];
}

function entryOf(row: ListedRow): QuarantineEntry {
  return {
    digest: row.digest,
    source: row.source,
    deliveryId: row.delivery_id,
    code: row.code,
    field: row.field,
    message: row.message,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    count: Number(row.count),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  };
}
