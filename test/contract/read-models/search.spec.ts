import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginReading, createTables } from '#projection-engine';
import { daybookGroup } from '#projections';
import { searchSubjects } from '../../../projections/order-timeline/v1/search-queries.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';

const group = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });
const schema = 'order_timeline_v1_g1';
const ordersCount = 21_000;

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
  await createTables(pool, group);
  // Written in an order that has nothing to do with their leaves.
  await pool.query(
    `INSERT INTO ${schema}.search_key
     SELECT 'order-shop:' || lpad((order_number * 7919 % ${ordersCount})::text, 5, '0'), kind, '4242'
       FROM generate_series(0, ${ordersCount - 1}) AS order_number,
            unnest(ARRAY['card_digits', 'case']) AS kind`,
  );
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

async function pageAfter(after: string | undefined, limit: number) {
  const client = await pool.connect();
  try {
    await beginReading(client, group.name);
    const names = { text: '4242', personal: null };
    return await searchSubjects(client, names, { limit, after: after ? [after] : undefined });
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('a text that very many orders are known by', () => {
  it('finds all of them, by their leaves, however many there are', async () => {
    const found: string[] = [];
    for (let after: string | undefined; ; after = found.at(-1)) {
      const page = await pageAfter(after, 500);
      for (const { matched } of page) expect(matched).toEqual(['card_digits', 'case']);
      found.push(...page.slice(0, 500).map(({ subject }) => subject));
      if (page.length <= 500) break;
    }
    expect(found).toHaveLength(ordersCount);
    expect(found).toEqual(found.toSorted());
    expect(new Set(found).size).toBe(ordersCount);
  });
});
