import { escapeLiteral, type ClientBase } from 'pg';
import { engineSchema } from '../postgres/identifiers.js';

/**
 * Begins a transaction that reads a group's tables as they stood at one moment, all of the one
 * generation that is active at that moment: queries name tables without a schema.
 *
 * The snapshot decides which generation it is, so that a switch never mixes two of them in one read.
 */
export async function beginReading(client: ClientBase, groupName: string): Promise<void> {
  // One statement each and no parameters, so that the whole beginning takes one round trip.
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
     SELECT set_config('search_path', array_to_string(schemas, ','), true)
     FROM ${engineSchema}.generation
     WHERE group_name = ${escapeLiteral(groupName)} AND state = 'active'`,
  );
}
