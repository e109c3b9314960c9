import { DataSource, type QueryRunner } from 'typeorm';
import { keptMigrations } from './kept-migrations.js';
import { keptSchemas, migrationsTable } from './kept-schemas.js';

/** Any two starts of one ledger take turns: an arbitrary number that nothing else locks. */
const migrationLock = 4_017_211_763;

const [schema] = keptSchemas;

/** Why the kept tables cannot be brought up to date; they are as they were. */
export class KeptMigrationError extends Error {
  override readonly name = 'KeptMigrationError';

  constructor(
    readonly code: 'database_newer' | 'migration_failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface MigrateOptions {
  /**
   * Goes up to this migration and no further, for rows that were written under it; to the newest
   * where it is left out.
   */
  readonly last?: string;
}

/**
 * Brings the schema `kept` to the newest version. Several processes may start at once; each
 * migration runs in a transaction of its own and is recorded in `kept.migration`.
 * Answers the names of the migrations that were run.
 *
 * @throws KeptMigrationError `database_newer` where a later release has migrated the database, and
 *   `migration_failed` where a migration could not be run
 */
export async function migrateKept(
  connectionString: string,
  { last }: MigrateOptions = {},
): Promise<readonly string[]> {
  const names = keptMigrationNames();
  const until = last === undefined ? names.length : names.indexOf(last) + 1;
  const source = new DataSource({
    type: 'postgres',
    url: connectionString,
    schema,
    migrations: keptMigrations.slice(0, until),
    migrationsTableName: migrationsTable,
    poolSize: 2,
    logging: false,
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await refuseNewer(lock, names);
    const run = await source.runMigrations({ transaction: 'each' }).catch(migrationFailed);
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    return run.map(({ name }) => name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}

/** The names under which this release records its migrations, oldest first. */
export function keptMigrationNames(): readonly string[] {
  return keptMigrations.map((Migration) => new Migration().name);
}

/** A later release may have changed what a table means, so this one must not write to it. */
async function refuseNewer(runner: QueryRunner, known: readonly string[]): Promise<void> {
  if (!(await runner.hasTable(`${schema}.${migrationsTable}`))) return;
  const rows = (await runner.query(
    `SELECT name FROM ${schema}.${migrationsTable} ORDER BY id`,
  )) as readonly { readonly name: string }[];
  const unknown = rows.map(({ name }) => name).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new KeptMigrationError(
    'database_newer',
    `The database was migrated by a later release (${unknown.join(', ')}), and this one would ` +
      'misread it. Start the later release, or restore a backup that this release took.',
  );
}

function migrationFailed(error: unknown): never {
  const words = error instanceof Error ? error.message : String(error);
  throw new KeptMigrationError(
    'migration_failed',
    `A migration of the schema ${schema} failed and was rolled back; those before it stand: ${words}. ` +
      'Remove the cause and start again.',
    { cause: error },
  );
}
