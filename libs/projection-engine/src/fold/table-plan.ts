import type { Column, GroupDefinition, Row, Table, Value } from '../contract.js';

/** The engine's own column of a sums table: how many derived rows add up to the row. */
export const contributionsColumn: Column = { name: 'contributions', type: 'bigint' };

/** A table of a group with what the fold and the writes need to know of it. */
export interface TablePlan {
  readonly schema: string;
  /** Its name in all generations, such as `order_timeline_v1.entry`. */
  readonly versionedName: string;
  readonly table: Table;
  /** Where the primary key's columns stand among the columns. */
  readonly keyIndexes: readonly number[];
  /** Where the columns behind the key stand. */
  readonly otherIndexes: readonly number[];
}

/** A row with the table it goes to and its primary key as text. */
export interface DerivedRow {
  readonly plan: TablePlan;
  readonly key: string;
  readonly values: readonly Value[];
}

/** `order_timeline` in version 1 as every generation of it is called: `order_timeline_v1`. */
export function versionNameOf(projection: {
  readonly name: string;
  readonly version: number;
}): string {
  return `${projection.name.replaceAll('-', '_')}_v${projection.version}`;
}

/** The third generation of `order_timeline` in version 1 lives in the schema `order_timeline_v1_g3`. */
export function schemaOf(
  projection: { readonly name: string; readonly version: number },
  generation: number,
): string {
  return `${versionNameOf(projection)}_g${generation}`;
}

type AnyGroup = Pick<GroupDefinition<never, never>, 'name'> & {
  readonly projections: readonly {
    readonly name: string;
    readonly version: number;
    readonly tables: readonly Table[];
  }[];
};

/**
 * The tables of each projection by name. Queries name them without a schema, so no two projections
 * of a group may have tables of one name.
 *
 * @throws Error where a table is declared wrongly
 */
export function tablePlansOf(
  group: AnyGroup,
  generation: number,
): readonly ReadonlyMap<string, TablePlan>[] {
  const taken = new Map<string, string>();
  return group.projections.map((projection) => {
    const schema = schemaOf(projection, generation);
    return new Map(
      projection.tables.map((table) => {
        const versionedName = `${versionNameOf(projection)}.${table.name}`;
        const other = taken.get(table.name);
        if (other !== undefined) {
          throw new Error(
            `${versionedName} has the name of ${other}: queries could not tell them.`,
          );
        }
        taken.set(table.name, versionedName);
        return [table.name, { ...planOf(schema, table), versionedName }];
      }),
    );
  });
}

/** All tables of a group in the order they are declared. */
export function allTablesOf(group: AnyGroup, generation: number): readonly TablePlan[] {
  return tablePlansOf(group, generation).flatMap((plans) => [...plans.values()]);
}

/** The columns as PostgreSQL has them. */
export function storedColumnsOf({ table }: TablePlan): readonly Column[] {
  return table.kind === 'sums' ? [...table.columns, contributionsColumn] : table.columns;
}

function planOf(schema: string, table: Table): Omit<TablePlan, 'versionedName'> {
  const at = `The table ${schema}.${table.name}`;
  const names = table.columns.map((column) => column.name);
  if (new Set(names).size !== names.length) throw new Error(`${at} has two columns of one name.`);
  const keyIndexes = table.primaryKey.map((name) => names.indexOf(name));
  if (keyIndexes.length === 0 || keyIndexes.includes(-1)) {
    throw new Error(`${at} needs a primary key of its own columns.`);
  }
  const otherIndexes = names
    .map((_, index) => index)
    .filter((index) => !keyIndexes.includes(index));
  if (table.kind === 'sums') {
    if (names.includes(contributionsColumn.name)) {
      throw new Error(`${at} may not declare ${contributionsColumn.name}: it is the engine's own.`);
    }
    const odd = otherIndexes
      .map((index) => table.columns[index])
      .find((column) => column?.type !== 'bigint' && column?.type !== 'numeric');
    if (odd) throw new Error(`${at} sums ${odd.name}, which is neither bigint nor numeric.`);
  }
  return { schema, table, keyIndexes, otherIndexes };
}

// PostgreSQL holds no U+0000, so no value of a key can contain the separator.
const keySeparator = '\u0000';

/** The primary key of a row as one text. */
export function keyOf(plan: TablePlan, values: readonly Value[]): string {
  const [only] = plan.keyIndexes;
  if (plan.keyIndexes.length === 1 && only !== undefined) return String(values[only]);
  let key = '';
  for (const index of plan.keyIndexes) key += String(values[index]) + keySeparator;
  return key;
}

/** @throws Error where a projection gives a row its tables do not have. */
export function derivedRow(
  plans: ReadonlyMap<string, TablePlan>,
  row: Row,
  subject: string,
): DerivedRow {
  const plan = plans.get(row.table);
  if (!plan) throw new Error(`${subject} derives a row of the undeclared table ${row.table}.`);
  if (row.values.length !== plan.table.columns.length) {
    throw new Error(
      `${subject} derives a row of ${plan.schema}.${row.table} with ${row.values.length} values ` +
        `instead of ${plan.table.columns.length}.`,
    );
  }
  return { plan, key: keyOf(plan, row.values), values: row.values };
}
