import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** Where an event of a timeline lies, and the delivery that told it; of a decision there is none. */
export interface EvidenceEntry {
  readonly eventId: string;
  readonly leaf: string;
  readonly revision: string;
  readonly sequence: string;
  readonly source: string;
  readonly deliveryDigest: string;
  readonly deliveryId: string | null;
}

/** The key of an entry in the order in which the ledger recorded them. */
export function evidenceKeyOf({ sequence }: EvidenceEntry): readonly string[] {
  return [sequence];
}

/** Whether a text that somebody sends can be such a key. */
export function isEvidenceKey([sequence = '']: readonly string[]): boolean {
  return /^\d{1,15}$/.test(sequence);
}

/**
 * The events of a timeline as they were recorded, each with the id that its source gave the delivery:
 * that is kept with the delivery, and the timeline knows the bytes by their digest.
 */
export async function listEvidence(
  client: ClientBase,
  subject: string,
  { after, limit }: Slice,
): Promise<readonly EvidenceEntry[]> {
  const { rows } = await client.query<EvidenceEntry>(
    `SELECT event_id AS "eventId", leaf, revision, sequence, account AS source,
            delivery_digest AS "deliveryDigest",
            (SELECT min(delivery_id) FROM kept.delivery
              WHERE digest = delivery_digest AND source = account) AS "deliveryId"
       FROM entry
      WHERE subject = $1 AND ($2::bigint IS NULL OR sequence > $2)
      ORDER BY sequence
      LIMIT $3`,
    [subject, after?.[0] ?? null, limit + 1],
  );
  return rows;
}
