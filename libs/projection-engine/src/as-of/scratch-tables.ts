import type { ClientBase } from 'pg';
import type { Column, Value } from '../contract.js';
import { keyValuesOf, type TableChange } from '../fold/table-changes.js';
import { contributionsColumn, storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import {
  engineSchema,
  type GenerationKey,
  qualified,
  quoted,
  type Target,
} from '../postgres/identifiers.js';
import { QueuedStatements } from '../postgres/statement-set.js';
import { insertRows, keyColumns } from '../postgres/write-rows.js';
import type { Base } from './bases.js';
import type { FormedPast } from './form-past.js';

/**
 * Makes tables of the past under their own names in the session's scratch schema, and nothing else
 * visible: a query that asks for any other table fails, and cannot mix the past with the present. They
 * go with the transaction, which is rolled back.
 */
export async function makeScratchTables(
  client: ClientBase,
  key: GenerationKey,
  plans: readonly TablePlan[],
  { base, changes }: Extract<FormedPast, { outcome: 'formed' }>,
): Promise<void> {
  for (const plan of plans) {
    const change = changes.find((one) => one.plan === plan);
    if (base.kind === 'nothing') await makeWhole(client, plan, change);
    else {
      const held =
        base.kind === 'now' ? qualified(plan) : await makeWaypoint(client, key, plan, base);
      if (plan.table.kind === 'sums') await makeSummed(client, plan, change, held);
      else await makeReplaced(client, plan, change, held);
    }
  }
  await client.query('SET LOCAL search_path TO pg_temp');
}

interface Content {
  readonly primaryKey: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** All rows there were. */
async function makeWhole(
  client: ClientBase,
  plan: TablePlan,
  change: TableChange | undefined,
): Promise<void> {
  const { name, primaryKey } = plan.table;
  await makeTable(client, plan, name, storedColumnsOf(plan), {
    primaryKey,
    rows: storedRows(plan, change),
  });
}

/** A table as it was kept at a waypoint; what it is called. */
async function makeWaypoint(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  plan: TablePlan,
  { sequence }: Base,
): Promise<string> {
  const name = `pg_temp.${quoted(`${plan.table.name} of waypoint`)}`;
  await client.query(`CREATE TEMP TABLE ${name} AS SELECT * FROM ${qualified(plan)} WITH NO DATA`);
  await client.query(
    `INSERT INTO ${name} SELECT content.* FROM ${engineSchema}.waypoint_rows AS kept,
       jsonb_populate_recordset(NULL::${qualified(plan)}, kept.rows) AS content
      WHERE group_name = $1 AND generation = $2 AND events = $3 AND table_name = $4`,
    [groupName, generation, sequence + 1, plan.table.name],
  );
  await client.query(`ANALYZE ${name}`);
  return name;
}

/**
 * The rows of the base without those that were different, and these as they were.
 *
 * @param base what the table of the base is called
 */
async function makeReplaced(
  client: ClientBase,
  plan: TablePlan,
  change: TableChange | undefined,
  base: string,
): Promise<void> {
  const { name, primaryKey, columns } = plan.table;
  const all = { name: base, columns };
  const updated = change?.updates.map((row) => keyValuesOf(plan, row)) ?? [];
  const keys = await makeTable(client, plan, `${name} of the base`, keyColumns(all, primaryKey), {
    primaryKey,
    rows: [...updated, ...(change?.deletes ?? [])],
  });
  const then = await makeTable(client, plan, `${name} of then`, columns, {
    primaryKey,
    rows: storedRows(plan, change),
  });
  const names = list(columns.map((column) => `held.${quoted(column.name)}`));
  const same = primaryKey.map((key) => `gone.${quoted(key)} = held.${quoted(key)}`).join(' AND ');
  await client.query(
    `CREATE TEMP VIEW ${quoted(name)} AS
     SELECT ${names} FROM ${all.name} AS held
      WHERE NOT EXISTS (SELECT FROM ${keys.name} AS gone WHERE ${same})
     UNION ALL SELECT ${names} FROM ${then.name} AS held`,
  );
}

/** The sums of the base with the differences added. */
async function makeSummed(
  client: ClientBase,
  plan: TablePlan,
  change: TableChange | undefined,
  base: string,
): Promise<void> {
  const { name, primaryKey } = plan.table;
  const columns = storedColumnsOf(plan);
  const then = await makeTable(client, plan, `${name} of then`, columns, {
    primaryKey,
    rows: storedRows(plan, change),
  });
  const keys = list(primaryKey.map(quoted));
  const names = list(columns.map((column) => quoted(column.name)));
  const shown = columns.map((column) => {
    const column_ = quoted(column.name);
    return primaryKey.includes(column.name)
      ? column_
      : `sum(${column_})::${column.type} AS ${column_}`;
  });
  const contributions = quoted(contributionsColumn.name);
  await client.query(
    `CREATE TEMP VIEW ${quoted(name)} AS
     SELECT ${list(shown)}
       FROM (SELECT ${names} FROM ${base}
             UNION ALL SELECT ${names} FROM ${then.name}) AS parts
      GROUP BY ${keys} HAVING sum(${contributions}) <> 0`,
  );
}

/** A scratch table with columns of a table of now, whose types and collations it has. */
async function makeTable(
  client: ClientBase,
  plan: TablePlan,
  name: string,
  columns: readonly Column[],
  { primaryKey, rows }: Content,
): Promise<Target> {
  const names = list(columns.map((column) => quoted(column.name)));
  await client.query(
    `CREATE TEMP TABLE ${quoted(name)} AS SELECT ${names} FROM ${qualified(plan)} WITH NO DATA`,
  );
  const target = { name: `pg_temp.${quoted(name)}`, columns };
  if (rows.length === 0) return target;
  const statements = new QueuedStatements(client);
  await insertRows(statements, target, rows);
  await statements.sent();
  const key = list(primaryKey.map(quoted));
  await client.query(`CREATE UNIQUE INDEX ON ${target.name} (${key}); ANALYZE ${target.name}`);
  return target;
}

/** What a change brings, in the order of the stored columns. */
function storedRows(
  plan: TablePlan,
  change: TableChange | undefined,
): readonly (readonly Value[])[] {
  if (!change) return [];
  if (plan.table.kind === 'rows') return [...change.inserts, ...change.updates];
  return change.sums.map(({ keyValues, amounts, contributions }) => {
    const row: Value[] = [];
    for (const [at, index] of plan.keyIndexes.entries()) row[index] = keyValues[at] ?? null;
    for (const [at, index] of plan.otherIndexes.entries()) row[index] = amounts[at] ?? null;
    return [...row, contributions];
  });
}

function list(parts: readonly string[]): string {
  return parts.join(', ');
}
