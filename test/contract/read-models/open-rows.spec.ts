import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTables } from '#projection-engine';
import { daybookGroup } from '#projections';
import {
  backorderTable,
  incomingStockTable,
  reservationTable,
  softReservationTable,
  transferLineTable,
} from '../../../projections/inventory-reservations/v1/tables.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';

const schema = 'inventory_reservations_v1_g1';
const settled = 30_000;

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
  await createTables(pool, daybookGroup({ accounts: {}, legalEntities: {}, authority: [] }));
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

describe.each([
  reservationTable,
  softReservationTable,
  backorderTable,
  incomingStockTable,
  transferLineTable,
])('what is open of $name', ({ name, columns, primaryKey, waypointRows }) => {
  const where = typeof waypointRows === 'object' ? waypointRows.where : 'false';
  const [opened = ''] = where.split(' ');

  it('is found without a look at what is settled', async () => {
    const values = columns.map(({ name: column, type }) => {
      if (column === opened) return `CASE WHEN number % 1000 = 0 THEN 1 ELSE 0 END`;
      return type === 'bigint' ? '1' : `'${primaryKey.includes(column) ? 'h' : 'x'}' || number`;
    });
    await pool.query(
      `INSERT INTO ${schema}.${name}
       SELECT ${values.join(', ')} FROM generate_series(1, ${settled}) AS number`,
    );
    await pool.query(`ANALYZE ${schema}.${name}`);
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF)
       SELECT to_jsonb(held) FROM ${schema}.${name} AS held WHERE ${where}`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(`${name}_`);
    expect(plan).toContain('partial_index');
    expect(plan).not.toMatch(/Seq Scan|Rows Removed/);
    expect(plan).toContain('rows=30.00');
  });
});
