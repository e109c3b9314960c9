import { escapeLiteral, type ClientBase } from 'pg';
import { engineSchema } from '../postgres/identifiers.js';

/**
 * Whether a reading finds its rows by key or goes through whole tables. By key nothing is scanned:
 * a statement that is prepared on a young table would keep to that while the table grows.
 */
export type ReadingOf = 'keys' | 'tables';

/**
 * Begins a transaction that reads a group's tables as they stood at one moment, all of the one
 * generation that is active at that moment: queries name tables without a schema.
 *
 * The snapshot decides which generation it is, so that a switch never mixes two of them in one read.
 */
export async function beginReading(
  client: ClientBase,
  groupName: string,
  of: ReadingOf = 'keys',
): Promise<void> {
  const scans = of === 'keys' ? 'off' : 'on';
  // One statement each and no parameters, so that the whole beginning takes one round trip.
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
     SELECT set_config('search_path', array_to_string(schemas, ','), true),
       set_config('enable_seqscan', '${scans}', true)
     FROM ${engineSchema}.generation
     WHERE group_name = ${escapeLiteral(groupName)} AND state = 'active'`,
  );
}
