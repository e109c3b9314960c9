import type { ClientBase } from 'pg';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';

/**
 * What the past is formed from: the tables as they are, tables that were kept on the way, or nothing.
 * Each is as of a sequence; that of nothing is -1.
 */
export interface Base {
  readonly kind: 'now' | 'waypoint' | 'nothing';
  readonly sequence: number;
}

/** All that a past may be formed from, the nearest first. */
export async function basesOf(
  client: ClientBase,
  key: GenerationKey,
  sequence: number,
  tail: number,
  withWaypoints: boolean,
): Promise<readonly Base[]> {
  const waypoints = withWaypoints ? await nearestWaypoints(client, key, sequence) : [];
  const bases: readonly Base[] = [
    { kind: 'now', sequence: tail },
    ...waypoints.map((at): Base => ({ kind: 'waypoint', sequence: at })),
    { kind: 'nothing', sequence: -1 },
  ];
  return bases.toSorted((one, other) => distance(one, sequence) - distance(other, sequence));
}

/** How many events have to be taken back or applied. */
export function distance(base: Base, sequence: number): number {
  return Math.abs(base.sequence - sequence);
}

/** The sequences of the last waypoint up to a sequence and of the first behind it. */
async function nearestWaypoints(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  sequence: number,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ sequence: string | null }>(
    `SELECT max(events) - 1 AS sequence FROM ${engineSchema}.waypoint
      WHERE group_name = $1 AND generation = $2 AND events <= $3
     UNION ALL
     SELECT min(events) - 1 FROM ${engineSchema}.waypoint
      WHERE group_name = $1 AND generation = $2 AND events > $3`,
    [groupName, generation, sequence + 1],
  );
  return rows.flatMap((row) => (row.sequence === null ? [] : [Number(row.sequence)]));
}
