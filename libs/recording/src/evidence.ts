import type { Pool } from 'pg';
import type { SealedUnderNewKey } from '#personal-data';

/** What is known of a delivery that came before. */
export interface KeptDelivery {
  readonly digest: string;
  readonly outcome: KeptOutcome | null;
}

/** The first outcome of a delivery, as every repeat of it is answered. */
export interface KeptOutcome {
  readonly eventId: string;
  readonly leaf: string;
  readonly revision: number;
}

export interface DeliveryName {
  readonly source: string;
  readonly deliveryId: string;
}

/** A delivery ready to be kept. */
export interface Evidence extends DeliveryName {
  readonly digest: string;
  readonly receivedAt: string;
  readonly sealed: SealedUnderNewKey;
  /** The keys of the persons it tells of: forgetting one of them forgets this body. */
  readonly subjectKeyIds: readonly string[];
  readonly scrubbedCount: number;
}

/** A text a leaf can be found by, as its keyed hash. */
export interface IndexedText {
  readonly kind: string;
  readonly digest: string;
  readonly leaf: string;
  readonly keyId: string;
}

interface KeptRow {
  readonly source: string;
  readonly delivery_id: string;
  readonly digest: string;
  readonly outcome: KeptOutcome | null;
  readonly is_new: boolean;
}

const keepStatement = `
  WITH given AS (
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bytea[], $6::uuid[],
      $7::text[], $8::bytea[], $9::text[], $10::integer[]
    ) AS given (source, delivery_id, digest, received_at, sealed_body, key_id,
                subject_digest, wrapped_key, subject_key_ids, scrubbed_count)
  ), stored AS (
    INSERT INTO kept.delivery (source, delivery_id, digest, received_at, sealed_body, key_id,
                               subject_key_ids, scrubbed_count)
    SELECT source, delivery_id, digest, received_at, sealed_body, key_id,
           subject_key_ids::uuid[], scrubbed_count
    FROM given ORDER BY source, delivery_id
    ON CONFLICT DO NOTHING
    RETURNING source, delivery_id, digest, key_id
  ), keys AS (
    INSERT INTO kept.subject_key (key_id, subject_digest, wrapped_key)
    SELECT key_id, given.subject_digest, given.wrapped_key FROM given JOIN stored USING (key_id)
  ), indexed AS (
    INSERT INTO kept.blind_index (kind, digest, leaf, key_id)
    SELECT DISTINCT ON (kind, digest, leaf) *
    FROM unnest($11::text[], $12::text[], $13::text[], $14::uuid[])
         AS text (kind, digest, leaf, key_id)
    ORDER BY kind, digest, leaf
    ON CONFLICT DO NOTHING
  )
  SELECT source, delivery_id, digest, NULL::jsonb AS outcome, true AS is_new FROM stored
  UNION ALL
  SELECT source, delivery_id, kept.digest, kept.outcome, false
  FROM kept.delivery AS kept JOIN given USING (source, delivery_id)`;

const findStatement = `
  SELECT source, delivery_id, digest, outcome, false AS is_new
  FROM kept.delivery JOIN unnest($1::text[], $2::text[]) AS given (source, delivery_id)
       USING (source, delivery_id)`;

/** Rows are locked in one order, so that two processes never wait for each other. */
const settleStatement = `
  WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bigint[])
         AS given (source, delivery_id, outcome, repeats)
  ), locked AS (
    SELECT source, delivery_id FROM kept.delivery JOIN given USING (source, delivery_id)
    ORDER BY source, delivery_id FOR UPDATE OF delivery
  )
  UPDATE kept.delivery AS kept
  SET outcome = coalesce(kept.outcome, given.outcome), repeats = kept.repeats + given.repeats
  FROM given JOIN locked USING (source, delivery_id)
  WHERE kept.source = given.source AND kept.delivery_id = given.delivery_id`;

/**
 * Keeps deliveries, all in one durable statement, and answers for each what was kept of it
 * before; a delivery that is new has no entry.
 */
export async function keepEvidence(
  pool: Pool,
  deliveries: readonly Evidence[],
  texts: readonly IndexedText[],
): Promise<ReadonlyMap<string, KeptDelivery>> {
  const { rows } = await pool.query<KeptRow>(keepStatement, [
    deliveries.map((delivery) => delivery.source),
    deliveries.map((delivery) => delivery.deliveryId),
    deliveries.map((delivery) => delivery.digest),
    deliveries.map((delivery) => delivery.receivedAt),
    deliveries.map((delivery) => delivery.sealed.sealedBytes),
    deliveries.map((delivery) => delivery.sealed.wrapped.keyId),
    deliveries.map((delivery) => delivery.sealed.wrapped.subjectDigest),
    deliveries.map((delivery) => delivery.sealed.wrapped.wrappedKey),
    deliveries.map((delivery) => `{${delivery.subjectKeyIds.join(',')}}`),
    deliveries.map((delivery) => delivery.scrubbedCount),
    texts.map((text) => text.kind),
    texts.map((text) => text.digest),
    texts.map((text) => text.leaf),
    texts.map((text) => text.keyId),
  ]);
  const answered = new Set(rows.map(rowName));
  const unseen = deliveries.filter((delivery) => !answered.has(deliveryName(delivery)));
  // Another process kept these while the statement ran, so that it saw neither state of theirs.
  const found = unseen.length === 0 ? [] : await findEvidence(pool, unseen);
  const kept = [...rows, ...found].filter((row) => !row.is_new);
  return new Map(kept.map((row) => [rowName(row), row]));
}

async function findEvidence(
  pool: Pool,
  names: readonly DeliveryName[],
): Promise<readonly KeptRow[]> {
  const { rows } = await pool.query<KeptRow>(findStatement, [
    names.map(({ source }) => source),
    names.map(({ deliveryId }) => deliveryId),
  ]);
  return rows;
}

/** What to write down of a delivery once it is answered. */
export interface SettledDelivery extends DeliveryName {
  /** Null where it has no final outcome, or had one before. */
  readonly outcome: KeptOutcome | null;
  readonly repeats: number;
}

/** Writes first outcomes and counts repeats; an outcome that stands is never written over. */
export async function settleEvidence(
  pool: Pool,
  deliveries: readonly SettledDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await pool.query(settleStatement, [
    deliveries.map(({ source }) => source),
    deliveries.map(({ deliveryId }) => deliveryId),
    deliveries.map(({ outcome }) => (outcome === null ? null : JSON.stringify(outcome))),
    deliveries.map(({ repeats }) => repeats),
  ]);
}

/** One text that tells deliveries apart. */
export function deliveryName({ source, deliveryId }: DeliveryName): string {
  return JSON.stringify([source, deliveryId]);
}

function rowName(row: KeptRow): string {
  return deliveryName({ source: row.source, deliveryId: row.delivery_id });
}
