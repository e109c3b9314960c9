import type { Pool } from 'pg';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';
import { dropGenerationTables } from '../postgres/tables.js';
import { inTransaction } from '../postgres/transaction.js';
import { type GenerationRefused, refused, unknownGeneration } from './refusal.js';

export type RetireOutcome =
  { readonly outcome: 'retired'; readonly generation: number } | GenerationRefused;

/**
 * Drops the tables of a generation that nobody reads, with all that is kept of it; its number is not
 * given again. A run of it stops at its next batch.
 */
export async function retireGeneration(
  pool: Pool,
  { groupName, generation }: GenerationKey,
): Promise<RetireOutcome> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ state: string; schemas: string[] }>(
      `SELECT state, schemas FROM ${engineSchema}.generation
       WHERE group_name = $1 AND generation = $2 AND state <> 'retired' FOR UPDATE`,
      [groupName, generation],
    );
    const [found] = rows;
    if (found === undefined) return unknownGeneration(groupName, generation);
    if (found.state === 'active') {
      return refused(
        'generation_state_wrong',
        `Generation ${generation} is the one that is read. Switch to another one first.`,
      );
    }
    await dropGenerationTables(client, { groupName, generation, schemas: found.schemas });
    await client.query(
      `UPDATE ${engineSchema}.generation SET state = 'retired', switches_by_itself = false
       WHERE group_name = $1 AND generation = $2`,
      [groupName, generation],
    );
    return { outcome: 'retired', generation };
  });
}
