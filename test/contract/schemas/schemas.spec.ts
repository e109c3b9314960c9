import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceData } from '#domain';
import { keptSchemas, migrateKept } from '#migrations';
import { createTables } from '#projection-engine';
import { daybookGroup } from '#projections';
import { readDerivedSchemas } from '../../../apps/daybook/src/composition/schemas.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';

const referenceData: ReferenceData = { accounts: {}, legalEntities: {}, authority: [] };
const group = daybookGroup(referenceData);
let derived: readonly string[];

let postgres: TemporaryPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
  await migrateKept(postgres.connectionString);
  await createTables(pool, group);
  derived = await readDerivedSchemas(pool, group);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const linesOf = async (statement: string, values: readonly unknown[] = []) =>
  (await pool.query<{ line: string }>(statement, [...values])).rows.map(({ line }) => line);

describe('the schemas of the database', () => {
  it('are kept or derived, and never both', () => {
    expect(derived.filter((schema) => keptSchemas.some((kept) => kept === schema))).toEqual([]);
  });

  it('hold every table and every other object between them', async () => {
    const undeclared = await linesOf(
      `SELECT relnamespace::regnamespace || '.' || relname AS line FROM pg_class
       WHERE relnamespace::regnamespace::text <> ALL($1)
         AND relnamespace::regnamespace::text NOT LIKE 'pg\\_%'
         AND relnamespace <> 'information_schema'::regnamespace`,
      [[...keptSchemas, ...derived]],
    );
    expect(undeclared).toEqual([]);
  });

  it('let nothing kept lean on what can be dropped', async () => {
    const dependent = await linesOf(
      `SELECT conrelid::regclass || ' references ' || confrelid::regclass AS line
       FROM pg_constraint JOIN pg_class AS target ON target.oid = confrelid
       JOIN pg_class AS leaning ON leaning.oid = conrelid
       WHERE target.relnamespace::regnamespace::text = ANY($1)
         AND leaning.relnamespace::regnamespace::text <> ALL($1)`,
      [derived],
    );
    expect(dependent).toEqual([]);
    const functions = await linesOf(
      `SELECT oid::regprocedure::text AS line FROM pg_proc
       WHERE pronamespace::regnamespace::text = ANY($1)
         AND EXISTS (SELECT FROM unnest($2::text[]) AS schema
                     WHERE prosrc LIKE '%' || schema || '.%')`,
      [keptSchemas, derived],
    );
    expect(functions).toEqual([]);
  });

  it('have kept tables that can be filled in any order, as a restore does', async () => {
    const references = await linesOf(
      `SELECT conrelid::regclass || ' references ' || confrelid::regclass AS line
       FROM pg_constraint JOIN pg_class AS target ON target.oid = confrelid
       WHERE target.relnamespace::regnamespace::text = ANY($1)`,
      [keptSchemas],
    );
    expect(references).toEqual([]);
  });

  it('keep all that is kept when everything derived is dropped', async () => {
    const tablesOf = () =>
      linesOf(
        'SELECT table_name AS line FROM information_schema.tables WHERE table_schema = ANY($1) ORDER BY 1',
        [keptSchemas],
      );
    const before = await tablesOf();
    expect(before).toContain('delivery');
    for (const schema of derived) await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    expect(await tablesOf()).toEqual(before);
  });
});
