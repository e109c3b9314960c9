/**
 * The schemas whose rows cannot be derived again: they are migrated, backed up and restored, and
 * never dropped. Every other schema is derived from the event store.
 */
export const keptSchemas = ['kept'] as const;

/** Where TypeORM writes down which migrations ran; a restore writes it anew. */
export const migrationsTable = 'migration';
