import { storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import type { SumChange } from '../fold/table-changes.js';
import { qualified, quoted, type Target } from './identifiers.js';
import type { QueuedStatements } from './statement-set.js';
import {
  castColumns,
  columnArrays,
  given,
  keyColumns,
  sameKey,
  statementName,
} from './write-rows.js';

/** Adds differences to the rows of a sums table; a row that nothing adds to any more goes. */
export function addToSums(
  statements: QueuedStatements,
  plan: TablePlan,
  sums: readonly SumChange[],
): void {
  if (sums.length === 0) return;
  const { primaryKey } = plan.table;
  const target: Target = { name: qualified(plan), columns: storedColumnsOf(plan) };
  const keys = keyColumns(target, primaryKey);
  const amounts = target.columns.filter((column) => !primaryKey.includes(column.name));
  const columns = [...keys, ...amounts];
  const additions = amounts.map(({ name }) => {
    const column = quoted(name);
    return `${column} = held.${column} + excluded.${column}`;
  });
  const names = columns.map((column) => quoted(column.name)).join(', ');
  statements.add({
    name: statementName('sum', target),
    text: `INSERT INTO ${target.name} AS held (${names}) SELECT ${castColumns(columns)} FROM ${given(columns)} ON CONFLICT (${primaryKey.map(quoted).join(', ')}) DO UPDATE SET ${additions.join(', ')}`,
    values: columnArrays(
      columns,
      sums.map((sum) => [...sum.keyValues, ...sum.amounts, sum.contributions]),
    ),
  });
  const lessened = sums.filter((sum) => sum.contributions < 0n);
  if (lessened.length === 0) return;
  statements.add({
    name: statementName('clear', target),
    text: `DELETE FROM ${target.name} AS held USING ${given(keys)} WHERE ${sameKey(keys, primaryKey)} AND held.contributions = 0`,
    values: columnArrays(
      keys,
      lessened.map((sum) => sum.keyValues),
    ),
  });
}
