import type { ClientBase, Pool } from 'pg';
import { engineSchema } from '../postgres/identifiers.js';
import { parkedEventTarget, parkedKeyTable, parkedNameTarget } from './parked-layout.js';
import type { ParkingCode } from './parking-draft.js';
import { storableName } from './storable-name.js';

/** A parked key as people act on it. */
export interface ParkedKeyEntry {
  readonly key: string;
  /** The sequence of the first event that waits. */
  readonly sinceSequence: number;
  /** When it was parked, RFC 3339. */
  readonly since: string;
  readonly eventId: string;
  readonly code: ParkingCode;
  readonly message: string;
  /** How many events wait, with the first. */
  readonly events: number;
}

/** What a read says where it touches a parked key. */
export type ParkedNotice = Pick<
  ParkedKeyEntry,
  'key' | 'since' | 'sinceSequence' | 'code' | 'message' | 'events'
>;

/** An event that waits. */
export interface ParkedEventEntry {
  readonly sequence: number;
  readonly leaf: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly code: ParkingCode;
  readonly message: string;
}

export interface ParkedTotals {
  readonly keys: number;
  readonly events: number;
}

/** What is asked about: one generation, or the one that queries read. */
export interface ParkedIn {
  readonly groupName: string;
  readonly generation?: number;
}

const ofGeneration = `group_name = $1 AND generation = coalesce($2::integer, (
  SELECT generation FROM ${engineSchema}.generation WHERE group_name = $1 AND state = 'active'))`;

const sinceColumn = `to_char(parked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = `key, since_sequence::float8 AS "sinceSequence", ${sinceColumn} AS since,
  event_id AS "eventId", code, message, events::float8 AS events`;

const eventColumns = `sequence::float8 AS sequence, leaf, revision::float8 AS revision,
  event_id AS "eventId", type, code, message`;

/** Every parked key, the one that waits for longest first; there are never more than may be. */
export async function listParkedKeys(
  queryable: ClientBase | Pool,
  { groupName, generation }: ParkedIn,
): Promise<readonly ParkedKeyEntry[]> {
  const { rows } = await queryable.query<ParkedKeyEntry>(
    `SELECT ${columns} FROM ${parkedKeyTable}
     WHERE ${ofGeneration} ORDER BY since_sequence, key`,
    [groupName, generation ?? null],
  );
  return rows;
}

/** The first events of a key, in the order in which they will be applied. */
export async function listParkedEvents(
  queryable: ClientBase | Pool,
  { groupName, generation }: ParkedIn,
  key: string,
  rowsMax: number,
): Promise<readonly ParkedEventEntry[]> {
  const { rows } = await queryable.query<ParkedEventEntry>(
    `SELECT ${eventColumns} FROM ${parkedEventTarget.name}
     WHERE ${ofGeneration} AND key = $3 ORDER BY sequence LIMIT $4`,
    [groupName, generation ?? null, key, rowsMax],
  );
  return rows;
}

/** One event of a key; undefined where it does not wait there. */
export async function readParkedEvent(
  queryable: ClientBase | Pool,
  { groupName, generation }: ParkedIn,
  key: string,
  eventId: string,
): Promise<ParkedEventEntry | undefined> {
  const { rows } = await queryable.query<ParkedEventEntry>(
    `SELECT ${eventColumns} FROM ${parkedEventTarget.name}
     WHERE ${ofGeneration} AND key = $3 AND event_id = $4 ORDER BY sequence LIMIT 1`,
    [groupName, generation ?? null, key, eventId],
  );
  return rows[0];
}

/** How much is parked. */
export async function readParkedCounts(
  queryable: ClientBase | Pool,
  { groupName, generation }: ParkedIn,
): Promise<ParkedTotals> {
  const { rows } = await queryable.query<ParkedTotals>(
    `SELECT count(*)::float8 AS keys, coalesce(sum(events), 0)::float8 AS events
     FROM ${parkedKeyTable} WHERE ${ofGeneration}`,
    [groupName, generation ?? null],
  );
  return rows[0] ?? { keys: 0, events: 0 };
}

/**
 * What is parked of a subject: the key that waits for longest of those that block one of its names, or
 * under which an event of one of its streams waits; null where nothing does.
 *
 * @param leafPrefix streams that begin with it count as well
 */
export async function readParkedNotice(
  queryable: ClientBase | Pool,
  { groupName, generation }: ParkedIn,
  names: readonly string[],
  leafPrefix?: string,
): Promise<ParkedNotice | null> {
  const { rows } = await queryable.query<{ notice: ParkedNotice | null }>({
    name: 'projection engine reads a parked notice',
    text: `SELECT ${parkedNoticeSql(ofGeneration, '$3', '$4')} AS notice`,
    values: [groupName, generation ?? null, parkedNamesOf(names), leafPrefix ?? null],
  });
  return rows[0]?.notice ?? null;
}

/** Names as they are looked up by {@link parkedNoticeSql}. */
export function parkedNamesOf(names: readonly string[]): readonly string[] {
  return names.map(storableName);
}

/**
 * SQL of a {@link ParkedNotice} as one JSON object, or null.
 *
 * @param generation the condition that holds of the rows of one generation
 * @param names a parameter with what {@link parkedNamesOf} gives
 * @param leafPrefix a parameter with what streams begin with that count as well
 */
export function parkedNoticeSql(generation: string, names: string, leafPrefix?: string): string {
  const ofStream =
    leafPrefix === undefined
      ? `leaf = ANY(${names})`
      : `(leaf = ANY(${names}) OR starts_with(leaf, ${leafPrefix}))`;
  return `(SELECT to_json(notice) FROM (
      SELECT key, ${sinceColumn} AS since, since_sequence::float8 AS "sinceSequence", code, message,
             events::float8 AS events
        FROM ${parkedKeyTable} AS parked
       WHERE ${generation} AND key IN (
         SELECT key FROM ${parkedNameTarget.name} WHERE ${generation} AND name = ANY(${names})
         UNION ALL
         SELECT key FROM ${parkedEventTarget.name} WHERE ${generation} AND ${ofStream})
       ORDER BY since_sequence LIMIT 1) AS notice)`;
}
