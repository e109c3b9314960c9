import type { Value } from '../contract.js';
import { DerivationError, type GroupPlan } from '../fold/derive-rows.js';
import { foldAll } from '../fold/full-fold.js';
import type { MemoryGraph } from '../fold/memory-graph.js';
import { amountOf } from '../fold/table-changes.js';
import { type DerivedRow, storedColumnsOf, type TablePlan } from '../fold/table-plan.js';
import { type Comparable, comparableKey, comparableOfDerived } from './comparable.js';

/** A row as the facts demand it. */
export interface ExpectedRow {
  /** What it is derived for; undefined for a sum, which stems from many. */
  readonly subject: string | undefined;
  /** By column, in the order of the stored columns. */
  readonly values: readonly Value[];
}

/** By table and comparable primary key, every row that the facts demand. */
export class ExpectedTables {
  private readonly tables = new Map<TablePlan, Map<string, ExpectedRow>>();

  rowsOf(plan: TablePlan): Map<string, ExpectedRow> {
    let rows = this.tables.get(plan);
    if (rows === undefined) this.tables.set(plan, (rows = new Map()));
    return rows;
  }

  /** @throws DerivationError where two subjects derive one row. */
  add(subject: string, row: DerivedRow): void {
    const key = comparableKey(row.plan, comparableRow(row.plan, row.values));
    const rows = this.rowsOf(row.plan);
    const known = rows.get(key);
    if (row.plan.table.kind === 'sums') {
      rows.set(key, { subject: undefined, values: addedUp(row, known?.values) });
      return;
    }
    if (known) {
      throw new DerivationError(
        `Both ${known.subject} and ${subject} derive the row ${key} of ` +
          `${row.plan.schema}.${row.plan.table.name}.`,
      );
    }
    rows.set(key, { subject, values: row.values });
  }
}

/** Folds all facts from nothing. */
export function expectedTablesOf<Event, View>(
  plan: GroupPlan<Event, View>,
  graph: MemoryGraph<Event>,
): ExpectedTables {
  const expected = new ExpectedTables();
  for (const { subject, rows } of foldAll(plan, graph)) {
    for (const row of rows) expected.add(subject, row);
  }
  return expected;
}

export function comparableRow(plan: TablePlan, values: readonly Value[]): readonly Comparable[] {
  return storedColumnsOf(plan).map((column, index) =>
    comparableOfDerived(column, values[index] ?? null),
  );
}

function addedUp(row: DerivedRow, known: readonly Value[] | undefined): readonly Value[] {
  const { plan } = row;
  const sum: Value[] = [...row.values];
  for (const index of plan.otherIndexes) {
    sum[index] = amountOf(plan, row.values, index) + (known ? amountOf(plan, known, index) : 0n);
  }
  const contributions = known?.at(-1);
  sum.push(typeof contributions === 'bigint' ? contributions + 1n : 1n);
  return sum;
}
