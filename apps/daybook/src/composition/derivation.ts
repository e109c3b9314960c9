import type { Pool } from 'pg';
import type { ReferenceData } from '#domain';
import { canonicalDigest, canonicalJson } from '#kernel';
import {
  createTables,
  type Derivation,
  dropTables,
  type GroupDefinition,
  readActiveGeneration,
} from '#projection-engine';
import { hasGenerations } from './store-standing.js';

/**
 * What the read models are a function of besides the events: the reference data and the versions of
 * the projections. Other tables than these say are out of date in every row.
 */
export function derivationOf<Event, View>(
  { projections }: Pick<GroupDefinition<Event, View>, 'projections'>,
  referenceData: ReferenceData,
): Derivation {
  const versions = projections.map(({ name, version }) => ({ name, version }));
  const recipe = { referenceData, versions };
  return { digest: canonicalDigest(recipe), recipe: canonicalJson(recipe) };
}

/** The digest of what the active read models were derived with, or undefined where there are none. */
export async function readDerivation(pool: Pool, groupName: string): Promise<string | undefined> {
  if (!(await hasGenerations(pool))) return undefined;
  return (await readActiveGeneration(pool, groupName))?.derivation.digest;
}

/**
 * Makes the tables ready for a run. Those that were derived with something else are removed first,
 * and the run derives them again from the first event.
 */
export async function prepareTables<Event, View>(
  pool: Pool,
  definition: GroupDefinition<Event, View>,
  derivation: Derivation,
): Promise<'kept' | 'begun_again'> {
  const found = await readDerivation(pool, definition.name);
  if (found !== undefined && found !== derivation.digest) await dropTables(pool, definition);
  const made = await createTables(pool, definition, derivation);
  return made === 'kept' ? 'kept' : 'begun_again';
}
