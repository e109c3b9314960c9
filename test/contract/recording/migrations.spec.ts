import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { keptMigrations, migrateKept } from '#migrations';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { openPool } from '../../doubles/open-pool.js';

describe('the kept schema', () => {
  let postgres: TemporaryPostgres;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  it('is built once however many processes start at the same time', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrateKept(postgres.connectionString)));

    expect(runs.flat()).toHaveLength(keptMigrations.length);
    expect(await migrateKept(postgres.connectionString)).toEqual([]);
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
    await source.undoLastMigration();
    const remaining = await source.query<{ table_name: string }[]>(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'kept'`,
    );
    await source.destroy();

    expect(remaining).toEqual([{ table_name: 'migration' }]);
    expect(await migrateKept(postgres.connectionString)).toHaveLength(1);
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
      'ledger',
      'migration',
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
