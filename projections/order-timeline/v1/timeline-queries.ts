import type { ClientBase } from 'pg';
import { type ActiveStatement, parkedNamesOf, type ParkedNotice } from '#projection-engine';
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
  /** Its place among the entries of the same instant. */
  readonly stage: string;
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

/** Of how many parts the key of a line is. */
export const timelineKeyParts = 3;

/** The key of a line in its timeline's order: {@link timelineKeyParts} texts. */
export function timelineKeyOf({ sortAt, stage, eventId }: TimelineEntry): readonly string[] {
  return [sortAt ?? unknownTimeKey, stage, eventId];
}

/** The columns of `entry`, as {@link TimelineEntry} names them, but for its line. */
const entryColumns = `event_id AS "eventId", type, kind, account, occurred_at AS "occurredAt",
  precision, not_before AS "notBefore", not_after AS "notAfter", sort_at AS "sortAt", stage,
  standing, standing_reason AS "standingReason", leaf, data, personal_data AS "personalData",
  recorded_at AS "recordedAt", revision::text AS revision, sequence::text AS sequence,
  delivery_digest AS "deliveryDigest"`;

/** A timeline with all that its answer needs to know besides. */
export interface WholeTimeline {
  /** Whether anything is known of the order itself. */
  readonly isKnown: boolean;
  /** What is parked of the order. */
  readonly parked: ParkedNotice | null;
  /** Whether anybody was ever to be forgotten. */
  readonly hasErasures: boolean;
  /** All there are, in no order; null where there are more than were asked for. */
  readonly entries: readonly TimelineEntry[] | null;
}

/**
 * Reads a timeline at once where it is short, as most are: `readTimeline` is for slices of long ones.
 *
 * @param entriesMax the most entries that are told
 */
export function wholeTimeline(order: string, entriesMax: number): ActiveStatement {
  return {
    name: 'order timeline reads all',
    text: ({ of, parkedNotice }) => {
      const tables = of('order-timeline');
      return `SELECT EXISTS (SELECT FROM ${tables}order_header WHERE order_leaf = $1) AS "isKnown",
        ${parkedNotice('$2')} AS parked,
        EXISTS (SELECT FROM ${tables}entry WHERE type = 'ErasureRequested') AS "hasErasures",
        (SELECT CASE WHEN count(*) <= $3 THEN coalesce(json_agg(entry), '[]') END FROM (
          SELECT ${entryColumns}, line_of AS "lineOf" FROM ${tables}entry
           WHERE subject = $1 LIMIT $3::integer + 1) AS entry) AS entries`;
    },
    values: [order, parkedNamesOf([order]), entriesMax],
  };
}

/**
 * Puts all entries of a timeline into their lines, in the order of {@link readTimeline}.
 *
 * @param all whether each entry is a line of its own
 */
export function linesOfWhole(
  entries: readonly TimelineEntry[],
  all: boolean,
): readonly TimelineLine[] {
  const sorted = entries.toSorted(byPlace);
  if (all) return sorted.map((entry) => ({ head: { ...entry, lineOf: null }, under: [] }));
  const lines = new Map<string, { head: TimelineEntry; under: TimelineEntry[] }>();
  for (const entry of sorted) {
    if (entry.lineOf === null) lines.set(entry.eventId, { head: entry, under: [] });
  }
  for (const entry of sorted) {
    if (entry.lineOf !== null) lines.get(entry.lineOf)?.under.push(entry);
  }
  return [...lines.values()];
}

/** All parts of the key are ASCII, so that they compare here as they do in PostgreSQL. */
function byPlace(left: TimelineEntry, right: TimelineEntry): number {
  const [leftTime, rightTime] = [left.sortAt ?? unknownTimeKey, right.sortAt ?? unknownTimeKey];
  if (leftTime !== rightTime) return leftTime < rightTime ? -1 : 1;
  if (left.stage !== right.stage) return left.stage < right.stage ? -1 : 1;
  return left.eventId < right.eventId ? -1 : 1;
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
               stage, standing, standing_reason, line_of, leaf, data, personal_data, recorded_at, revision,
               sequence, delivery_digest, coalesce(sort_at, $6) AS place,
               CASE WHEN $7 THEN event_id ELSE coalesce(line_of, event_id) END AS line
          FROM entry
         WHERE subject = $1 AND EXISTS (SELECT FROM order_header WHERE order_leaf = $1)
      ), line AS (
        SELECT own.event_id AS head_id, own.place AS head_place, own.stage AS head_stage FROM own
         WHERE own.line = own.event_id
           AND ($2::text IS NULL OR (own.place, own.stage, own.event_id) > ($2, $3, $4))
           AND (NOT $8 OR own.event_id IN (SELECT newer.line FROM own AS newer
             WHERE newer.sequence > coalesce($9::bigint, (
               SELECT last_contact_sequence FROM order_header WHERE order_leaf = $1), -1)))
         ORDER BY own.place, own.stage, own.event_id
         LIMIT $5
      )
      SELECT ${entryColumns},
             CASE WHEN $7 THEN NULL ELSE line_of END AS "lineOf"
        FROM line JOIN own ON own.line = head_id
       ORDER BY head_place, head_stage, head_id, own.line_of NULLS FIRST, own.place, own.stage,
                own.event_id`,
    values: [
      subject,
      after?.[0] ?? null,
      after?.[1] ?? null,
      after?.[2] ?? null,
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
