import type { ClientBase } from 'pg';
import { quoted } from '../postgres/identifiers.js';
import type { StoredTable } from './stored-tables.js';

/** A row that two generations do not share. */
export interface RowDifference {
  readonly table: string;
  readonly kind: 'only_in_first' | 'only_in_second' | 'differs';
  readonly primaryKey: Readonly<Record<string, unknown>>;
  /** The first column that differs, in the order of the table, with both values as text. */
  readonly column: string | null;
  readonly first: string | null;
  readonly second: string | null;
}

/** How two tables of one name compare. */
export interface TableDifference {
  readonly table: string;
  readonly rowsInFirst: number;
  readonly rowsInSecond: number;
  readonly onlyInFirst: number;
  readonly onlyInSecond: number;
  readonly differing: number;
  /** Columns that only one of the two has; they are not compared. */
  readonly unsharedColumns: readonly string[];
}

/**
 * Compares two tables of one name row by row within PostgreSQL.
 *
 * @param excluded columns that may differ between equal tables
 */
export async function diffTable(
  client: ClientBase,
  first: StoredTable,
  second: StoredTable,
  excluded: ReadonlySet<string>,
  differencesMax: number,
): Promise<{
  readonly totals: TableDifference;
  readonly differences: readonly RowDifference[];
}> {
  const compared = first.columns.filter(
    ({ name }) =>
      !excluded.has(name) &&
      !first.primaryKey.includes(name) &&
      second.columns.some((column) => column.name === name),
  );
  const statement = comparison(
    first,
    second,
    compared.map(({ name }) => name),
  );
  const { rows: counted } = await client.query<Record<string, string>>(
    `SELECT count(*) FILTER (WHERE kind <> 'only_in_second') AS rows_in_first,
       count(*) FILTER (WHERE kind <> 'only_in_first') AS rows_in_second,
       count(*) FILTER (WHERE kind = 'only_in_first') AS only_in_first,
       count(*) FILTER (WHERE kind = 'only_in_second') AS only_in_second,
       count(*) FILTER (WHERE kind = 'differs') AS differing
     FROM (${statement}) AS compared`,
  );
  const count = (name: string): number => Number(counted[0]?.[name] ?? 0);
  const totals = {
    table: first.name,
    rowsInFirst: count('rows_in_first'),
    rowsInSecond: count('rows_in_second'),
    onlyInFirst: count('only_in_first'),
    onlyInSecond: count('only_in_second'),
    differing: count('differing'),
    unsharedColumns: unshared(first, second),
  };
  const isEqual = totals.onlyInFirst + totals.onlyInSecond + totals.differing === 0;
  if (isEqual || differencesMax <= 0) return { totals, differences: [] };
  const { rows: differences } = await client.query<RowDifference>(
    `SELECT $1::text AS "table", kind, primary_key AS "primaryKey", changed AS "column",
       first_value AS "first", second_value AS "second"
     FROM (${statement}) AS compared WHERE kind <> 'equal'
     ORDER BY kind, primary_key::text LIMIT $2`,
    [first.name, differencesMax],
  );
  return { totals, differences };
}

/** Every row of either table with what became of it. */
function comparison(first: StoredTable, second: StoredTable, columns: readonly string[]): string {
  const key = first.primaryKey.map(quoted);
  const [leading = ''] = key;
  const differs = (name: string): string =>
    `first.${quoted(name)} IS DISTINCT FROM second.${quoted(name)}`;
  const firstThatDiffers = (value: (name: string) => string): string =>
    columns.length === 0
      ? 'NULL'
      : `CASE WHEN first.${leading} IS NULL OR second.${leading} IS NULL THEN NULL
           ${columns.map((name) => `WHEN ${differs(name)} THEN ${value(name)}`).join(' ')} END`;
  return `SELECT
      CASE WHEN second.${leading} IS NULL THEN 'only_in_first'
           WHEN first.${leading} IS NULL THEN 'only_in_second'
           ${columns.length === 0 ? '' : `WHEN ${columns.map(differs).join(' OR ')} THEN 'differs'`}
           ELSE 'equal' END AS kind,
      jsonb_build_object(${first.primaryKey
        .map((name) => `'${name}', coalesce(first.${quoted(name)}, second.${quoted(name)})`)
        .join(', ')}) AS primary_key,
      ${firstThatDiffers((name) => `'${name}'`)} AS changed,
      ${firstThatDiffers((name) => `first.${quoted(name)}::text`)} AS first_value,
      ${firstThatDiffers((name) => `second.${quoted(name)}::text`)} AS second_value
    FROM ${quoted(first.schema)}.${quoted(first.name)} AS first
    FULL JOIN ${quoted(second.schema)}.${quoted(second.name)} AS second
      ON ${key.map((name) => `first.${name} = second.${name}`).join(' AND ')}`;
}

function unshared(first: StoredTable, second: StoredTable): readonly string[] {
  const [ours, theirs] = [first, second].map(
    ({ columns }) => new Set(columns.map(({ name }) => name)),
  );
  return [...new Set([...(ours ?? []), ...(theirs ?? [])])].filter(
    (name) => ours?.has(name) !== theirs?.has(name),
  );
}
