import { type GroupDefinition, schemaOf } from '#projection-engine';

/** The engine's own schema, with its checkpoints and state rows. */
export const engineSchema = 'projection_engine';

/**
 * The schemas that are derived from the event store: never backed up, dropped by a restore, built
 * again from the first event. What is kept instead is listed in `migrations/kept-schemas.ts`; a
 * table lies in one of the two lists.
 */
export function derivedSchemas<Event, View>({
  projections,
}: Pick<GroupDefinition<Event, View>, 'projections'>): readonly string[] {
  return [engineSchema, ...projections.map(schemaOf)];
}
