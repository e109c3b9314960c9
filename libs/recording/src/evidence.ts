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
  /** What its fact is about; kept where it tells of persons, who are found with it by that. */
  readonly leaf: string;
  readonly scrubbedCount: number;
}

/** A text a leaf can be found by, as its keyed hash, and the delivery that told it. */
export interface IndexedText extends DeliveryName {
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

/** Keys that are destroyed meanwhile are seen, since whoever destroys them waits for these rows. */
const keepStatement = `
  WITH living AS (
    SELECT key_id FROM kept.subject_key
    WHERE key_id = ANY($17::uuid[]) AND destroyed_at IS NULL
    ORDER BY key_id FOR SHARE
  ), given AS (
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bytea[], $6::uuid[],
      $7::text[], $8::bytea[], $9::text[], $10::integer[], $18::integer[], $19::text[]
    ) AS given (source, delivery_id, digest, received_at, sealed_body, key_id,
                subject_digest, wrapped_key, subject_key_ids, scrubbed_count, generation, leaf)
  ), stored AS (
    INSERT INTO kept.delivery (source, delivery_id, digest, received_at, sealed_body, key_id,
                               subject_key_ids, scrubbed_count, leaf)
    SELECT source, delivery_id, digest, received_at, sealed_body, key_id,
           subject_key_ids::uuid[], scrubbed_count, leaf
    FROM given
    WHERE (SELECT count(*) FROM living) = cardinality($17::uuid[])
    ORDER BY source, delivery_id
    ON CONFLICT DO NOTHING
    RETURNING source, delivery_id, digest, key_id
  ), keys AS (
    INSERT INTO kept.subject_key (key_id, subject_digest, wrapped_key, generation)
    SELECT key_id, given.subject_digest, given.wrapped_key, given.generation
    FROM given JOIN stored USING (key_id)
  ), indexed AS (
    INSERT INTO kept.blind_index (kind, digest, leaf, key_id)
    SELECT DISTINCT ON (kind, text.digest, leaf) kind, text.digest, leaf, text.key_id
    FROM unnest($11::text[], $12::text[], $13::text[], $14::uuid[], $15::text[], $16::text[])
         AS text (kind, digest, leaf, key_id, source, delivery_id)
    JOIN stored USING (source, delivery_id)
    ORDER BY kind, text.digest, leaf
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

/**
 * Rows are locked in one order, so that two processes never wait for each other. The events are
 * durable by then and an outcome that is lost is found again in their stream, so that nobody waits for
 * this commit to reach the disk.
 */
const settleStatement = `
  WITH unhurried AS MATERIALIZED (
    SELECT set_config('synchronous_commit', 'off', true)
  ), given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bigint[])
         AS given (source, delivery_id, outcome, repeats)
  ), locked AS (
    SELECT source, delivery_id FROM kept.delivery JOIN given USING (source, delivery_id)
    ORDER BY source, delivery_id FOR UPDATE OF delivery
  )
  UPDATE kept.delivery AS kept
  SET outcome = coalesce(kept.outcome, given.outcome), repeats = kept.repeats + given.repeats
  FROM given JOIN locked USING (source, delivery_id) CROSS JOIN unhurried
  WHERE kept.source = given.source AND kept.delivery_id = given.delivery_id`;

/**
 * Keeps deliveries, all in one durable statement, and answers for each what was kept of it
 * before; a delivery that is new has no entry. `keys_destroyed` says that a person they tell of was
 * forgotten since they were sealed: nothing new was kept, and they have to be sealed again.
 */
export async function keepEvidence(
  pool: Pool,
  deliveries: readonly Evidence[],
  texts: readonly IndexedText[],
): Promise<ReadonlyMap<string, KeptDelivery> | 'keys_destroyed'> {
  const { rows } = await pool.query<KeptRow>({
    name: 'recording keeps evidence',
    text: keepStatement,
    values: [
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
      texts.map((text) => text.source),
      texts.map((text) => text.deliveryId),
      [...new Set(deliveries.flatMap((delivery) => delivery.subjectKeyIds))],
      deliveries.map((delivery) => delivery.sealed.wrapped.generation),
      deliveries.map(({ subjectKeyIds, leaf }) => (subjectKeyIds.length === 0 ? null : leaf)),
    ],
  });
  const answered = new Set(rows.map(rowName));
  const unseen = deliveries.filter((delivery) => !answered.has(deliveryName(delivery)));
  // Another process kept these while the statement ran, so that it saw neither state of theirs.
  const found = unseen.length === 0 ? [] : await findEvidence(pool, unseen);
  if (found.length < unseen.length) return 'keys_destroyed';
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
  await pool.query({
    name: 'recording settles evidence',
    text: settleStatement,
    values: [
      deliveries.map(({ source }) => source),
      deliveries.map(({ deliveryId }) => deliveryId),
      deliveries.map(({ outcome }) => (outcome === null ? null : JSON.stringify(outcome))),
      deliveries.map(({ repeats }) => repeats),
    ],
  });
}

/** One text that tells deliveries apart. */
export function deliveryName({ source, deliveryId }: DeliveryName): string {
  return JSON.stringify([source, deliveryId]);
}

function rowName(row: KeptRow): string {
  return deliveryName({ source: row.source, deliveryId: row.delivery_id });
}
