import type { GenerationsDiff, RowDifference } from '#projection-engine';
import { formatCount, tableLines } from './table.js';

/** The totals of every table, then the rows that differ. */
export function generationsDiffView(diff: GenerationsDiff): readonly string[] {
  const { first, second, sequence, tables, differences, differencesTotal } = diff;
  return [
    `Generations ${first} and ${second}, both with the first ${formatCount(sequence)} events:`,
    ...tableLines(
      [
        { heading: 'table' },
        { heading: `rows of ${first}`, align: 'right' },
        { heading: `rows of ${second}`, align: 'right' },
        { heading: `only in ${first}`, align: 'right' },
        { heading: `only in ${second}`, align: 'right' },
        { heading: 'differing', align: 'right' },
      ],
      tables.map((table) => [
        table.table,
        formatCount(table.rowsInFirst),
        formatCount(table.rowsInSecond),
        formatCount(table.onlyInFirst),
        formatCount(table.onlyInSecond),
        formatCount(table.differing),
      ]),
    ),
    ...diff.unsharedTables.map((table) => `Only one of them has the table ${table}.`),
    ...tables.flatMap(({ table, unsharedColumns }) =>
      unsharedColumns.map((column) => `Only one of them has the column ${table}.${column}.`),
    ),
    diff.outcome === 'equal'
      ? 'No difference.'
      : `${formatCount(differencesTotal)} rows differ${differences.length < differencesTotal ? `, the first ${differences.length}` : ''}:`,
    ...differences.map((difference) => rowLine(difference, first, second)),
  ];
}

function rowLine(difference: RowDifference, first: number, second: number): string {
  const { table, kind, primaryKey, column } = difference;
  const key = Object.entries(primaryKey).map(([name, value]) => `${name}=${String(value)}`);
  const row = `${table} (${key.join(', ')})`;
  if (kind === 'only_in_first') return `only in ${first}: ${row}`;
  if (kind === 'only_in_second') return `only in ${second}: ${row}`;
  return `${row}: ${column} is ${difference.first ?? 'null'} in ${first}, ${difference.second ?? 'null'} in ${second}`;
}
