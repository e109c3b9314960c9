import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** One event of a timeline; its personal data is still sealed. */
export interface TimelineEntry {
  readonly eventId: string;
  readonly type: string;
  readonly kind: string;
  readonly account: string;
  readonly occurredAt: string | null;
  readonly precision: string;
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly sortAt: string | null;
  readonly standing: string;
  readonly standingReason: string | null;
  /** The entry it is told under, or null for a line of its own. */
  readonly lineOf: string | null;
  readonly leaf: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personalData: Readonly<Record<string, unknown>> | null;
  readonly recordedAt: string;
  readonly revision: string;
  readonly sequence: string;
  readonly deliveryDigest: string;
}

/** Which part of a timeline is read. */
export interface TimelineSlice extends Slice {
  /** True for one row each entry, false for one a happening with what is told under it. */
  readonly all: boolean;
  /**
   * Only lines of which something was recorded behind this sequence, or with `contact` behind the
   * last contact with the customer.
   */
  readonly since: string | undefined;
}

/** What stands for an unknown time in a timeline's order: behind every known one. */
const unknownTimeKey = '9999';

/** The key of a line in its timeline's order. */
export function timelineKeyOf({ sortAt, eventId }: TimelineEntry): readonly string[] {
  return [sortAt ?? unknownTimeKey, eventId];
}

/**
 * The lines of an order's timeline from the earliest happening on, each followed by what is told
 * under it; what has no time comes last. It is empty where nothing is known of the order itself.
 * One line more than asked for is read, to see whether more follow.
 */
export async function readTimeline(
  client: ClientBase,
  subject: string,
  { after, limit, all, since }: TimelineSlice,
): Promise<readonly TimelineEntry[]> {
  const { rows } = await client.query<TimelineEntry>({
    name: 'order timeline reads lines',
    // The entries of one order are read once, by its key; everything else is done with them in hand.
    text: `WITH own AS MATERIALIZED (
        SELECT event_id, type, kind, account, occurred_at, precision, not_before, not_after, sort_at,
               standing, standing_reason, line_of, leaf, data, personal_data, recorded_at, revision,
               sequence, delivery_digest, coalesce(sort_at, $5) AS place,
               CASE WHEN $6 THEN event_id ELSE coalesce(line_of, event_id) END AS line
          FROM entry
         WHERE subject = $1 AND EXISTS (SELECT FROM order_header WHERE order_leaf = $1)
      ), line AS (
        SELECT own.event_id, own.place FROM own
         WHERE own.line = own.event_id
           AND ($2::text IS NULL OR (own.place, own.event_id) > ($2, $3))
           AND (NOT $7 OR own.event_id IN (SELECT newer.line FROM own AS newer
             WHERE newer.sequence > coalesce($8::bigint, (
               SELECT last_contact_sequence FROM order_header WHERE order_leaf = $1), -1)))
         ORDER BY own.place, own.event_id
         LIMIT $4
      )
      SELECT own.event_id AS "eventId", type, kind, account, occurred_at AS "occurredAt",
             precision, not_before AS "notBefore", not_after AS "notAfter", sort_at AS "sortAt",
             standing, standing_reason AS "standingReason",
             CASE WHEN $6 THEN NULL ELSE line_of END AS "lineOf", leaf, data,
             personal_data AS "personalData", recorded_at AS "recordedAt", revision, sequence,
             delivery_digest AS "deliveryDigest"
        FROM line JOIN own ON own.line = line.event_id
       ORDER BY line.place, line.event_id, own.line_of NULLS FIRST, own.place, own.event_id`,
    values: [
      subject,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
      unknownTimeKey,
      all,
      since !== undefined,
      since === undefined || since === 'contact' ? null : since,
    ],
  });
  return rows;
}

/** A line of a timeline with what is told under it. */
export interface TimelineLine {
  readonly head: TimelineEntry;
  readonly under: readonly TimelineEntry[];
}

/** Puts the rows that {@link readTimeline} gave into their lines. */
export function linesOf(rows: readonly TimelineEntry[]): readonly TimelineLine[] {
  const lines: { head: TimelineEntry; under: TimelineEntry[] }[] = [];
  for (const row of rows) {
    if (row.lineOf === null) lines.push({ head: row, under: [] });
    else lines.at(-1)?.under.push(row);
  }
  return lines;
}
