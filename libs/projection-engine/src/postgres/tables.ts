import type { ClientBase, Pool } from 'pg';
import type { Column, GroupDefinition } from '../contract.js';
import { allTablesOf, storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import type { Derivation, GenerationState } from '../generations/generation.js';
import { createEngineTables, generationTables } from './engine-tables.js';
import { engineSchema, type GenerationKey, qualified, quoted } from './identifiers.js';
import { inTransaction } from './transaction.js';

/** A group as far as its tables go. */
export type GroupTables = Pick<GroupDefinition<never, never>, 'name'> & {
  readonly projections: readonly Pick<
    GroupDefinition<never, never>['projections'][number],
    'name' | 'version' | 'tables'
  >[];
};

const undeclared: Derivation = { digest: '', recipe: '{}' };

/**
 * Creates the engine's own tables where they are missing and, for a group that has none yet, those of
 * its first generation, which is active at once: there is nothing that could be read meanwhile.
 *
 * @returns whether the first generation was made now
 */
export async function createTables(
  pool: Pool,
  group: GroupTables,
  derivation: Derivation = undeclared,
): Promise<'first_generation' | 'kept'> {
  return inTransaction(pool, async (client) => {
    await createEngineTables(client, group.projections);
    const { rows } = await client.query(
      `SELECT 1 FROM ${engineSchema}.generation WHERE group_name = $1 AND state = 'active'`,
      [group.name],
    );
    if (rows.length > 0) return 'kept';
    await addGeneration(client, group, { state: 'active', derivation, switchesByItself: false });
    return 'first_generation';
  });
}

/** Creates the tables of a group's next generation, in the caller's transaction. */
export async function addGeneration(
  client: ClientBase,
  group: GroupTables,
  {
    state,
    derivation,
    switchesByItself,
  }: {
    readonly state: GenerationState;
    readonly derivation: Derivation;
    readonly switchesByItself: boolean;
  },
): Promise<GenerationKey> {
  const { rows } = await client.query<{ next: number }>(
    `SELECT coalesce(max(generation), 0) + 1 AS next FROM ${engineSchema}.generation
     WHERE group_name = $1`,
    [group.name],
  );
  const generation = rows[0]?.next ?? 1;
  const plans = allTablesOf(group, generation);
  const schemas = [...new Set(plans.map((plan) => plan.schema))];
  for (const schema of schemas) await client.query(`CREATE SCHEMA ${quoted(schema)}`);
  for (const plan of plans) {
    for (const statement of statementsFor(plan)) await client.query(statement);
  }
  await client.query(
    `INSERT INTO ${engineSchema}.generation
       (group_name, generation, state, derivation, recipe, schemas, switches_by_itself,
        created_at, switched_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now(), CASE WHEN $3 = 'active' THEN now() END)`,
    [
      group.name,
      generation,
      state,
      derivation.digest,
      derivation.recipe,
      schemas,
      switchesByItself,
    ],
  );
  return { groupName: group.name, generation };
}

/** Removes the tables of one generation with all the engine keeps of it, but for its own row. */
export async function dropGenerationTables(
  client: ClientBase,
  { groupName, generation, schemas }: GenerationKey & { readonly schemas: readonly string[] },
): Promise<void> {
  // The checkpoint goes first: it holds off a running group, which then stops.
  for (const table of generationTables) {
    await client.query(
      `DELETE FROM ${engineSchema}.${table} WHERE group_name = $1 AND generation = $2`,
      [groupName, generation],
    );
  }
  for (const schema of schemas) {
    await client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
  }
}

/**
 * Removes all generations of a group, so that {@link createTables} and a run build it again from the
 * first event. Who reads meanwhile finds nothing; a rebuild beside the active one is for that.
 */
export async function dropTables(pool: Pool, group: GroupTables): Promise<void> {
  await inTransaction(pool, async (client) => {
    await createEngineTables(client, group.projections);
    const { rows } = await client.query<{ generation: number; schemas: string[] }>(
      `DELETE FROM ${engineSchema}.generation WHERE group_name = $1
       RETURNING generation, schemas`,
      [group.name],
    );
    for (const { generation, schemas } of rows) {
      await dropGenerationTables(client, { groupName: group.name, generation, schemas });
    }
  });
}

function statementsFor(plan: TablePlan): readonly string[] {
  const columns = storedColumnsOf(plan).map(columnDefinition);
  const primaryKey = plan.table.primaryKey.map(quoted).join(', ');
  const table = qualified(plan);
  return [
    `CREATE TABLE ${table} (${columns.join(', ')}, PRIMARY KEY (${primaryKey}))`,
    ...(plan.table.indexes ?? []).map((index) => {
      const { columns: names, where } =
        'where' in index ? index : { columns: index, where: undefined };
      const kind = where === undefined ? 'index' : 'partial_index';
      const name = quoted([plan.table.name, ...names, kind].join('_').slice(0, 63));
      const condition = where === undefined ? '' : ` WHERE ${where}`;
      return `CREATE INDEX ${name} ON ${table} (${names.map(quoted).join(', ')})${condition}`;
    }),
  ];
}

function columnDefinition(column: Column): string {
  const collation = column.type === 'text' || column.type === 'text[]' ? ' COLLATE "C"' : '';
  return `${quoted(column.name)} ${column.type}${collation}${column.nullable ? '' : ' NOT NULL'}`;
}
