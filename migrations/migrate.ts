import { DataSource } from 'typeorm';
import { keptMigrations } from './kept-migrations.js';

/** Any two starts of one ledger take turns: an arbitrary number that nothing else locks. */
const migrationLock = 4_017_211_763;

/**
 * Brings the schema `kept` to the newest version. Several processes may start at once; each
 * migration runs in a transaction of its own and is recorded in `kept.migration`.
 * Answers the names of the migrations that were run.
 */
export async function migrateKept(connectionString: string): Promise<readonly string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: connectionString,
    schema: 'kept',
    migrations: [...keptMigrations],
    migrationsTableName: 'migration',
    poolSize: 2,
    logging: false,
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await lock.query('CREATE SCHEMA IF NOT EXISTS kept');
    const run = await source.runMigrations({ transaction: 'each' });
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    return run.map(({ name }) => name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}
