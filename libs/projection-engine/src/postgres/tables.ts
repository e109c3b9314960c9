import type { Pool } from 'pg';
import type { Column, GroupDefinition } from '../contract.js';
import { allTablesOf, storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import { engineSchema, qualified, quoted } from './identifiers.js';
import { inTransaction } from './transaction.js';

type Group = Pick<GroupDefinition<never, never>, 'name'> & {
  readonly projections: readonly Pick<
    GroupDefinition<never, never>['projections'][number],
    'name' | 'version' | 'tables'
  >[];
};

// Two processes may start at once, and CREATE … IF NOT EXISTS alone does not survive that.
const creationLock = `SELECT pg_advisory_xact_lock(hashtextextended('${engineSchema}', 0))`;

const engineTables = [
  `CREATE SCHEMA IF NOT EXISTS ${engineSchema}`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.checkpoint (
     group_name text COLLATE "C" PRIMARY KEY,
     epoch bigint NOT NULL,
     holder text COLLATE "C" NOT NULL,
     commit_position numeric,
     prepare_position numeric,
     event_id text COLLATE "C",
     sequence bigint NOT NULL,
     ledger_id text COLLATE "C",
     digest_sum numeric(78) NOT NULL,
     applied_at timestamptz NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.home (
     group_name text COLLATE "C" NOT NULL,
     home text COLLATE "C" NOT NULL,
     events text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, home)
   )`,
  `CREATE TABLE IF NOT EXISTS ${engineSchema}.reach (
     group_name text COLLATE "C" NOT NULL,
     kind text COLLATE "C" NOT NULL,
     name text COLLATE "C" NOT NULL,
     home text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, name, kind, home)
   )`,
];

/**
 * Creates the engine's own tables and those of the group's projections where they are missing.
 * Tables that exist are left as they are: another layout is another version of the projection.
 */
export async function createTables(pool: Pool, group: Group): Promise<void> {
  const plans = allTablesOf(group);
  const schemas = new Set(plans.map((plan) => plan.schema));
  await inTransaction(pool, async (client) => {
    await client.query(creationLock);
    for (const statement of engineTables) await client.query(statement);
    for (const schema of schemas)
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
    for (const plan of plans) {
      for (const statement of statementsFor(plan)) await client.query(statement);
    }
  });
}

/**
 * Removes the tables of the group's projections with all the engine knows of the group, so that
 * {@link createTables} and a run build them again from the first event.
 */
export async function dropTables(pool: Pool, group: Group): Promise<void> {
  const schemas = new Set(allTablesOf(group).map((plan) => plan.schema));
  await inTransaction(pool, async (client) => {
    await client.query(creationLock);
    for (const statement of engineTables) await client.query(statement);
    // The checkpoint goes first: it holds off a running group, which then stops.
    for (const table of ['checkpoint', 'home', 'reach']) {
      await client.query(`DELETE FROM ${engineSchema}.${table} WHERE group_name = $1`, [
        group.name,
      ]);
    }
    for (const schema of schemas)
      await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
  });
}

function statementsFor(plan: TablePlan): readonly string[] {
  const columns = storedColumnsOf(plan).map(columnDefinition);
  const primaryKey = plan.table.primaryKey.map(quoted).join(', ');
  const table = qualified(plan);
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}, PRIMARY KEY (${primaryKey}))`,
    ...(plan.table.indexes ?? []).map((names) => {
      const index = quoted([plan.table.name, ...names, 'index'].join('_').slice(0, 63));
      return `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${names.map(quoted).join(', ')})`;
    }),
  ];
}

function columnDefinition(column: Column): string {
  const collation = column.type === 'text' || column.type === 'text[]' ? ' COLLATE "C"' : '';
  return `${quoted(column.name)} ${column.type}${collation}${column.nullable ? '' : ' NOT NULL'}`;
}
