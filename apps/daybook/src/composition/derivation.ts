import type { Pool } from 'pg';
import type { ReferenceData } from '#domain';
import { canonicalDigest } from '#kernel';
import { createTables, dropTables, type GroupDefinition } from '#projection-engine';
import { engineSchema } from './schemas.js';

/** The comment of the engine's schema says what the read models were derived with. */
const markPrefix = 'daybook derivation ';

/**
 * What the read models are a function of besides the events: the reference data and the versions of
 * the projections. Other tables than these say are out of date in every row.
 */
export function derivationOf<Event, View>(
  { projections }: GroupDefinition<Event, View>,
  referenceData: ReferenceData,
): string {
  const versions = projections.map(({ name, version }) => ({ name, version }));
  return canonicalDigest({ referenceData, versions });
}

/** What the read models were derived with, or undefined where there are none. */
export async function readDerivation(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ mark: string | null }>(
    "SELECT obj_description(to_regnamespace($1)::oid, 'pg_namespace') AS mark",
    [engineSchema],
  );
  const mark = rows[0]?.mark ?? undefined;
  return mark?.startsWith(markPrefix) ? mark.slice(markPrefix.length) : undefined;
}

/**
 * Makes the tables ready for a run. Those that were derived with something else are removed first,
 * and the run derives them again from the first event.
 */
export async function prepareTables<Event, View>(
  pool: Pool,
  definition: GroupDefinition<Event, View>,
  derivation: string,
): Promise<'kept' | 'begun_again'> {
  const isCurrent = (await readDerivation(pool)) === derivation;
  if (!isCurrent) await dropTables(pool, definition);
  await createTables(pool, definition);
  if (isCurrent) return 'kept';
  // Last, so that a start that is broken off here begins again. A comment takes no parameters.
  await pool.query(`COMMENT ON SCHEMA ${engineSchema} IS '${markPrefix}${derivation}'`);
  return 'begun_again';
}
