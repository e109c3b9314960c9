import type { ClientBase, Pool } from 'pg';
import type { GroupDefinition } from '#projection-engine';

/** The engine's own schema, with its checkpoints and state rows. */
export const engineSchema = 'projection_engine';

/**
 * The schemas that are derived from the event store, of all versions and generations: never backed
 * up, dropped by a restore, built again from the first event. What is kept instead is listed in
 * `migrations/kept-schemas.ts`; a table lies in a schema of one of the two kinds.
 */
export async function readDerivedSchemas<Event, View>(
  queryable: ClientBase | Pool,
  { projections }: Pick<GroupDefinition<Event, View>, 'projections'>,
): Promise<readonly string[]> {
  const { rows } = await queryable.query<{ schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace
     WHERE nspname = $1 OR regexp_replace(nspname, '_v[0-9]+(_g[0-9]+)?$', '') = ANY($2)
     ORDER BY 1`,
    [engineSchema, projections.map(({ name }) => name.replaceAll('-', '_'))],
  );
  return rows.map(({ schema }) => schema);
}
