import type { ClientBase } from 'pg';
import { arrivalTableStatements } from '../as-of/arrival-table.js';
import { waypointTableStatements } from '../as-of/waypoint-layout.js';
import { createLeaseTable } from '../lease/lease-table.js';
import { parkedStatements, parkedTables } from '../parking/parked-layout.js';
import { verificationTable } from '../health/last-verification.js';
import { categorySumTable } from './category-sums.js';
import { engineSchema, quoted } from './identifiers.js';

// Two processes may start at once, and CREATE … IF NOT EXISTS alone does not survive that.
const creationLock = `SELECT pg_advisory_xact_lock(hashtextextended('${engineSchema}', 0))`;

const statements = [
  `CREATE SCHEMA IF NOT EXISTS ${engineSchema}`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.generation (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     state text COLLATE "C" NOT NULL
       CHECK (state IN ('building', 'active', 'standby', 'retired')),
     derivation text COLLATE "C" NOT NULL,
     recipe text COLLATE "C" NOT NULL,
     schemas text[] COLLATE "C" NOT NULL,
     switches_by_itself boolean NOT NULL,
     created_at timestamptz NOT NULL,
     switched_at timestamptz,
     PRIMARY KEY (group_name, generation)
   )`,
  `CREATE UNIQUE INDEX IF NOT EXISTS generation_active
     ON ${engineSchema}.generation (group_name) WHERE state = 'active'`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.checkpoint (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     epoch bigint NOT NULL,
     holder text COLLATE "C" NOT NULL,
     commit_position numeric,
     prepare_position numeric,
     event_id text COLLATE "C",
     sequence bigint NOT NULL,
     ledger_id text COLLATE "C",
     digest_sum numeric(78) NOT NULL,
     applied_at timestamptz NOT NULL,
     PRIMARY KEY (group_name, generation)
   )`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.home (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     home text COLLATE "C" NOT NULL,
     events text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, home)
   )`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.reach (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     kind text COLLATE "C" NOT NULL,
     name text COLLATE "C" NOT NULL,
     home text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, name, kind, home)
   )`,
  categorySumTable,
  verificationTable,
  createLeaseTable,
  ...arrivalTableStatements,
  ...waypointTableStatements,
  ...parkedStatements,
];

/** The tables that hold what is kept of each generation; all have its group and number. */
export const generationTables = [
  'checkpoint',
  'verification',
  'category_sum',
  'lease',
  'home',
  'reach',
  'arrival',
  'waypoint',
  ...parkedTables,
] as const;

/** Creates the engine's own tables where they are missing, in the caller's transaction. */
export async function createEngineTables(
  client: ClientBase,
  projections: readonly { readonly name: string }[],
): Promise<void> {
  await client.query(creationLock);
  await dropLayoutWithoutGenerations(client, projections);
  for (const statement of statements) await client.query(statement);
}

/** An earlier layout held one build alone, in schemas without a number. It is derived: it goes. */
async function dropLayoutWithoutGenerations(
  client: ClientBase,
  projections: readonly { readonly name: string }[],
): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace
     WHERE to_regclass('${engineSchema}.checkpoint') IS NOT NULL
       AND to_regclass('${engineSchema}.generation') IS NULL
       AND (nspname = '${engineSchema}' OR
            regexp_replace(nspname, '_v[0-9]+$', '') = ANY($1))`,
    [projections.map(({ name }) => name.replaceAll('-', '_'))],
  );
  for (const { schema } of rows) await client.query(`DROP SCHEMA ${quoted(schema)} CASCADE`);
}
