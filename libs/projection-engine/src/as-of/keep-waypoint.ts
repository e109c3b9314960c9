import type { ClientBase } from 'pg';
import type { WaypointTerms } from '../contract.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import { engineSchema, type GenerationKey, qualified } from '../postgres/identifiers.js';
import { defaultWaypointTerms, waypointTablesOf } from './waypoint-layout.js';

const rowsPerPart = 1_000;

/**
 * Whether a batch passes a point at which the tables may have to be kept.
 *
 * @param from how many events there were before the batch
 * @param to how many there are with it
 */
export function isWaypointPassed<Event, View>(
  { definition }: GroupPlan<Event, View>,
  from: number,
  to: number,
): boolean {
  const { everyEvents } = definition.waypoints ?? defaultWaypointTerms;
  return Math.floor(to / everyEvents) !== Math.floor(from / everyEvents);
}

/**
 * Keeps the tables as they stand, in the transaction of the batch that brought them to a point, where
 * that is due. A point is passed over while fewer events came since the
 * last than that one has rows, so that keeping costs a row for each event and no more; for tables of
 * very many rows it costs more, since a quarter of `coarseEvents` is the longest to be left out.
 *
 * @param to how many events there are with the batch
 */
export async function keepWaypoint<Event, View>(
  client: ClientBase,
  plan: GroupPlan<Event, View>,
  to: number,
): Promise<void> {
  const { definition, generation } = plan;
  const terms = definition.waypoints ?? defaultWaypointTerms;
  const tables = waypointTablesOf(plan);
  const key = { groupName: definition.name, generation };
  if (tables.length === 0 || !(await isDue(client, key, to, terms))) return;
  await client.query(
    `INSERT INTO ${engineSchema}.waypoint (group_name, generation, events, row_count)
     VALUES ($1, $2, $3, 0)`,
    [key.groupName, generation, to],
  );
  let rowCount = 0;
  for (const { plan: table, where } of tables) {
    const { rows } = await client.query<{ kept: string }>(
      `WITH numbered AS (
         SELECT to_jsonb(held) AS content,
                (row_number() OVER () - 1) / ${rowsPerPart} AS part
           FROM ${qualified(table)} AS held WHERE ${where}),
       parts AS (
         INSERT INTO ${engineSchema}.waypoint_rows
           (group_name, generation, events, table_name, part, rows)
         SELECT $1, $2::integer, $3::bigint, $4, part, jsonb_agg(content)
           FROM numbered GROUP BY part
         RETURNING jsonb_array_length(rows) AS length)
       SELECT coalesce(sum(length), 0) AS kept FROM parts`,
      [key.groupName, generation, to, table.table.name],
    );
    rowCount += Number(rows[0]?.kept);
  }
  await client.query(
    `UPDATE ${engineSchema}.waypoint SET row_count = $4
     WHERE group_name = $1 AND generation = $2 AND events = $3`,
    [key.groupName, generation, to, rowCount],
  );
  await thinOut(client, key, to, terms);
}

/**
 * Forgets the waypoints behind a sequence: an event of long ago is applied only now, and they do not
 * hold it. They are kept anew as the ledger grows; until then the past is formed from those before it
 * or from now.
 */
export async function forgetWaypointsBehind(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  sequence: number,
): Promise<void> {
  await client.query(
    `DELETE FROM ${engineSchema}.waypoint
     WHERE group_name = $1 AND generation = $2 AND events > $3`,
    [groupName, generation, sequence],
  );
}

async function isDue(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  events: number,
  { coarseEvents }: WaypointTerms,
): Promise<boolean> {
  const { rows } = await client.query<{ events: string; row_count: string }>(
    `SELECT events, row_count FROM ${engineSchema}.waypoint
     WHERE group_name = $1 AND generation = $2 ORDER BY events DESC LIMIT 1`,
    [groupName, generation],
  );
  const [last] = rows;
  if (last === undefined) return true;
  return events - Number(last.events) >= Math.min(Number(last.row_count), coarseEvents / 4);
}

/** Of those that lie far back, the first of each stretch stays. */
async function thinOut(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  events: number,
  { fineEvents, coarseEvents }: WaypointTerms,
): Promise<void> {
  await client.query(
    `DELETE FROM ${engineSchema}.waypoint AS old
     WHERE group_name = $1 AND generation = $2 AND events < $3
       AND EXISTS (SELECT FROM ${engineSchema}.waypoint AS earlier
         WHERE earlier.group_name = $1 AND earlier.generation = $2
           AND earlier.events < old.events
           AND div(earlier.events, $4::numeric) = div(old.events, $4::numeric))`,
    [groupName, generation, events - fineEvents, coarseEvents],
  );
}
