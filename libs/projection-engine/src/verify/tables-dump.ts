import type { Pool } from 'pg';
import type { GroupDefinition } from '../contract.js';
import { allTablesOf, storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import { readActiveGeneration } from '../generations/generation.js';
import { qualified, quoted } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';

/**
 * Every table of a group as text that two equal ledgers share: rows in the order of their primary
 * keys, without the columns that depend on when an event arrived.
 *
 * @param generation the one that queries read where it is left out
 */
export async function equalTablesDump<Event, View>(
  pool: Pool,
  definition: GroupDefinition<Event, View>,
  generation?: number,
): Promise<string> {
  return inTransaction(
    pool,
    async (client) => {
      const parts: string[] = [];
      const shown = generation ?? (await readActiveGeneration(client, definition.name))?.generation;
      if (shown === undefined) return '';
      for (const plan of allTablesOf(definition, shown)) {
        const { rows } = await client.query<{ line: string }>(dumpStatement(plan));
        parts.push(plan.versionedName, rows.map(({ line }) => `${line}\n`).join(''));
      }
      return parts.join('\n');
    },
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

function dumpStatement(plan: TablePlan): string {
  const shown = storedColumnsOf(plan).filter((column) => !column.arrival);
  const values = shown.map((column) => quoted(column.name)).join(', ');
  const order = plan.table.primaryKey.map(quoted).join(', ');
  return `SELECT jsonb_build_array(${values})::text AS line FROM ${qualified(plan)} ORDER BY ${order}`;
}
