import type { Pool } from 'pg';
import { engineSchema } from '../postgres/identifiers.js';
import { createTables, type GroupTables } from '../postgres/tables.js';
import { type Derivation, readGenerations } from './generation.js';
import { retireGeneration } from './retire-generation.js';
import { startGeneration } from './start-generation.js';

/**
 * What a program that starts finds to do: `first_generation` – there was none, and its tables are
 * read at once; `kept` – what is read is derived as the program derives; `building` – it is not, and
 * a generation that is gets built beside it and read as soon as it has caught up.
 */
export type Adoption =
  | { readonly outcome: 'first_generation' | 'kept' }
  | { readonly outcome: 'building'; readonly generation: number; readonly isResumed: boolean };

/**
 * Sees to it that what is read becomes what a program derives, without a moment in which less is
 * read. A build that was broken off goes on; one whose derivation nobody wants any more is retired.
 */
export async function adoptDerivation(
  pool: Pool,
  group: GroupTables,
  derivation: Derivation,
): Promise<Adoption> {
  const made = await createTables(pool, group, derivation);
  if (made === 'first_generation') return { outcome: 'first_generation' };
  const generations = await readGenerations(pool, group.name);
  const others = generations.filter(({ state }) => state === 'building' || state === 'standby');
  const active = generations.find(({ state }) => state === 'active');
  if (active?.derivation.digest === derivation.digest) {
    // An earlier program's build would else take the place of what is right already.
    for (const other of others) if (other.switchesByItself) await retireGeneration(pool, other);
    return { outcome: 'kept' };
  }
  const wanted = others.find((other) => other.derivation.digest === derivation.digest);
  for (const other of others) if (other !== wanted) await retireGeneration(pool, other);
  if (wanted !== undefined) {
    await pool.query(
      `UPDATE ${engineSchema}.generation SET state = 'building', switches_by_itself = true
       WHERE group_name = $1 AND generation = $2`,
      [wanted.groupName, wanted.generation],
    );
    return { outcome: 'building', generation: wanted.generation, isResumed: true };
  }
  const started = await startGeneration(pool, group, derivation, true);
  if (started.outcome === 'refused') throw new Error(started.message);
  return { outcome: 'building', generation: started.generation, isResumed: false };
}
