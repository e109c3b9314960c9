import type { ClientBase } from 'pg';
import type { Column } from '../contract.js';
import { storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import { qualified, quoted } from '../postgres/identifiers.js';
import { type Comparable, comparableKey, comparableOfStored, readColumn } from './comparable.js';
import { comparableRow, type ExpectedTables } from './expected-tables.js';

const fetchedRowsMax = 2_000;

/** One place where a table is not what the facts demand. */
export interface Difference {
  readonly kind: 'missing_row' | 'extra_row' | 'differing_column';
  /** Schema and table. */
  readonly table: string;
  /** The primary key, by column. */
  readonly primaryKey: Readonly<Record<string, Comparable>>;
  /** The stream or subject the row stems from, where the row or its derivation tells. */
  readonly subject: string | undefined;
  /** The revision in that stream, where the row stems from one event and says so. */
  readonly revision: string | undefined;
  /** The first column that differs; one that depends on arrival only where no other does. */
  readonly column?: string;
  /** Only columns that depend on arrival differ. */
  readonly dependsOnArrival?: true;
  readonly expected?: Comparable;
  readonly found?: Comparable;
}

/** Compares one table with what is expected of it, row by row in the order of the primary key. */
export async function* compareTable(
  client: ClientBase,
  plan: TablePlan,
  expected: ExpectedTables,
): AsyncGenerator<Difference | 'equal_row', void, void> {
  const columns = storedColumnsOf(plan);
  const awaited = expected.rowsOf(plan);
  for await (const found of storedRows(client, plan, columns)) {
    const key = comparableKey(plan, found);
    const row = awaited.get(key);
    awaited.delete(key);
    if (!row) {
      yield { kind: 'extra_row', ...whereabouts(plan, columns, found, undefined) };
      continue;
    }
    const wanted = comparableRow(plan, row.values);
    const index = firstDifference(columns, wanted, found);
    const column = columns[index];
    if (!column) {
      yield 'equal_row';
      continue;
    }
    yield {
      kind: 'differing_column',
      ...whereabouts(plan, columns, wanted, row.subject),
      column: column.name,
      ...(column.arrival ? { dependsOnArrival: true } : {}),
      expected: wanted[index] ?? null,
      found: found[index] ?? null,
    };
  }
  for (const [, row] of [...awaited].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const wanted = comparableRow(plan, row.values);
    yield { kind: 'missing_row', ...whereabouts(plan, columns, wanted, row.subject) };
  }
}

function firstDifference(
  columns: readonly Column[],
  wanted: readonly Comparable[],
  found: readonly Comparable[],
): number {
  const differs = (index: number): boolean => wanted[index] !== found[index];
  const lasting = columns.findIndex((column, index) => !column.arrival && differs(index));
  return lasting === -1 ? columns.findIndex((_, index) => differs(index)) : lasting;
}

async function* storedRows(
  client: ClientBase,
  plan: TablePlan,
  columns: readonly Column[],
): AsyncGenerator<readonly Comparable[], void, void> {
  const order = plan.table.primaryKey.map(quoted).join(', ');
  await client.query(
    `DECLARE verified NO SCROLL CURSOR FOR
     SELECT ${columns.map(readColumn).join(', ')} FROM ${qualified(plan)} ORDER BY ${order}`,
  );
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${fetchedRowsMax} FROM verified`,
      rowMode: 'array',
    });
    for (const row of rows) {
      yield columns.map((column, index) => comparableOfStored(column, row[index] ?? null));
    }
    if (rows.length === 0) break;
  }
  await client.query('CLOSE verified');
}

function whereabouts(
  plan: TablePlan,
  columns: readonly Column[],
  row: readonly Comparable[],
  subject: string | undefined,
): Pick<Difference, 'table' | 'primaryKey' | 'subject' | 'revision'> {
  const valueOf = (name: string): Comparable | undefined =>
    row[columns.findIndex((column) => column.name === name)];
  return {
    table: `${plan.schema}.${plan.table.name}`,
    primaryKey: Object.fromEntries(
      plan.table.primaryKey.map((name) => [name, valueOf(name) ?? null]),
    ),
    subject: valueOf('leaf') ?? subject ?? valueOf('subject') ?? undefined,
    revision: valueOf('revision') ?? undefined,
  };
}
