import type { ClientBase, Pool } from 'pg';
import { createEngineTables } from '../postgres/engine-tables.js';
import { engineSchema } from '../postgres/identifiers.js';
import { addGeneration, type GroupTables } from '../postgres/tables.js';
import { inTransaction } from '../postgres/transaction.js';
import type { Derivation } from './generation.js';
import { type GenerationRefused, refused } from './refusal.js';

export type StartOutcome =
  { readonly outcome: 'started'; readonly generation: number } | GenerationRefused;

/**
 * Makes the tables of a further generation, which a run then builds from the first event on while
 * the active one goes on. One is built at a time: each reads the whole ledger and takes its room.
 *
 * @param switchesByItself it is to become the active one without being told, as soon as it may
 */
export async function startGeneration(
  pool: Pool,
  group: GroupTables,
  derivation: Derivation,
  switchesByItself: boolean,
): Promise<StartOutcome> {
  return inTransaction(pool, async (client) => {
    await createEngineTables(client, group.projections);
    const building = await buildingGeneration(client, group.name);
    if (building !== undefined) {
      return refused(
        'generation_building',
        `Generation ${building} of ${group.name} is being built. Switch to it or retire it first.`,
      );
    }
    const { generation } = await addGeneration(client, group, {
      state: 'building',
      derivation,
      switchesByItself,
    });
    return { outcome: 'started', generation };
  });
}

async function buildingGeneration(
  client: ClientBase,
  groupName: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ generation: number }>(
    `SELECT generation FROM ${engineSchema}.generation
     WHERE group_name = $1 AND state = 'building'`,
    [groupName],
  );
  return rows[0]?.generation;
}
