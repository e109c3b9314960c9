import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { keptMigrationNames, keptMigrations, migrateKept } from '#migrations';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { openPool } from '../../doubles/open-pool.js';

describe('the kept schema', () => {
  let postgres: TemporaryPostgres;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    await migrateKept(postgres.connectionString);
  });
  afterAll(async () => {
    await postgres.stop();
  });

  it('is built once however many processes start at the same time', async () => {
    const database = await postgres.newDatabase();
    const runs = await Promise.all([1, 2, 3].map(() => migrateKept(database)));

    expect(runs.flat()).toHaveLength(keptMigrations.length);
    expect(await migrateKept(database)).toEqual([]);
  });

  it('can be taken back and built again', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: postgres.connectionString,
      schema: 'kept',
      migrations: [...keptMigrations],
      migrationsTableName: 'migration',
    });
    await source.initialize();
    for (const _migration of keptMigrations) await source.undoLastMigration();
    const remaining = await source.query<{ table_name: string }[]>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'kept'`,
    );
    await source.destroy();

    expect(remaining).toEqual([{ table_name: 'migration' }]);
    expect(await migrateKept(postgres.connectionString)).toHaveLength(keptMigrations.length);
  });

  it('is brought up to the migration that is named, and later to the newest', async () => {
    const database = await postgres.newDatabase();
    const [first, ...rest] = keptMigrationNames();

    expect(await migrateKept(database, { last: first! })).toEqual([first]);
    expect(await migrateKept(database)).toEqual(rest);
  });

  it('that a later release has migrated is refused, and stays as it is', async () => {
    const database = await postgres.newDatabase();
    await migrateKept(database);
    const pool = openPool({ connectionString: database });
    await pool.query(
      `INSERT INTO kept.migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`,
    );

    await expect(migrateKept(database)).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringMatching(/Later9999999999999.*Start the later release/),
    });

    const { rows } = await pool.query('SELECT name FROM kept.migration');
    expect(rows).toHaveLength(keptMigrations.length + 1);
    await pool.end();
  });

  it('leaves nothing of a migration that fails, and runs it once the cause is gone', async () => {
    const database = await postgres.newDatabase();
    const pool = openPool({ connectionString: database });
    await pool.query('CREATE SCHEMA kept CREATE TABLE quarantine (mine text)');

    await expect(migrateKept(database)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/"quarantine" already exists.*start again/),
    });

    const { rows } = await pool.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'kept' ORDER BY 1`,
    );
    expect(rows).toEqual([{ table_name: 'migration' }, { table_name: 'quarantine' }]);
    await pool.query('DROP TABLE kept.quarantine');
    await pool.end();
    expect(await migrateKept(database)).toEqual(keptMigrationNames());
  });

  it('holds the authoritative tables, and one ledger at most', async () => {
    const pool = openPool({ connectionString: postgres.connectionString });
    const { rows } = await pool.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'kept' ORDER BY 1`,
    );
    expect(rows.map((row) => row.table_name)).toEqual([
      'blind_index',
      'command',
      'delivery',
      'erasure_progress',
      'key_generation',
      'ledger',
      'migration',
      'parked_resolution',
      'quarantine',
      'subject_key',
    ]);
    const insert =
      'INSERT INTO kept.ledger (ledger_id, store_id) VALUES (gen_random_uuid(), gen_random_uuid())';
    await pool.query(insert);
    await expect(pool.query(insert)).rejects.toThrow('ledger_pkey');
    await pool.end();
  });
});
