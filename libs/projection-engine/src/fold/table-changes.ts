import type { Value } from '../contract.js';
import { DerivationError } from './derive-rows.js';
import type { DerivedRow, TablePlan } from './table-plan.js';

/** What adds to one row of a sums table. */
export interface SumChange {
  /** The values of the primary key's columns. */
  readonly keyValues: readonly Value[];
  /** What is added to the columns behind the key. */
  readonly amounts: readonly bigint[];
  readonly contributions: bigint;
}

/** What a batch does to one table, as sets. */
export interface TableChange {
  readonly plan: TablePlan;
  readonly inserts: readonly (readonly Value[])[];
  readonly updates: readonly (readonly Value[])[];
  /** The values of the primary keys of rows that go. */
  readonly deletes: readonly (readonly Value[])[];
  readonly sums: readonly SumChange[];
}

interface RowChange {
  before: readonly Value[] | undefined;
  after: readonly Value[] | undefined;
}

interface GrowingSum {
  readonly keyValues: readonly Value[];
  readonly amounts: bigint[];
  contributions: bigint;
}

/**
 * Gathers the rows of touched subjects before and after a batch, and tells the difference by primary
 * key. It looks at all subjects together, since a row may pass from one subject to another.
 */
export class TableChanges {
  private readonly rows = new Map<TablePlan, Map<string, RowChange>>();
  private readonly sums = new Map<TablePlan, Map<string, GrowingSum>>();

  /**
   * Replaces the rows of one subject. Most of them are as they were, in the same order: those are
   * passed over at both ends.
   *
   * @throws DerivationError where two rows have one primary key.
   */
  replace(before: readonly DerivedRow[], after: readonly DerivedRow[]): void {
    let start = 0;
    let beforeEnd = before.length;
    let afterEnd = after.length;
    while (start < beforeEnd && start < afterEnd && sameRow(before[start], after[start]))
      start += 1;
    while (
      beforeEnd > start &&
      afterEnd > start &&
      sameRow(before[beforeEnd - 1], after[afterEnd - 1])
    ) {
      beforeEnd -= 1;
      afterEnd -= 1;
    }
    for (const row of before.slice(start, beforeEnd)) this.remove(row);
    this.add(after.slice(start, afterEnd));
  }

  /** @throws DerivationError where two rows have one primary key. */
  add(rows: readonly DerivedRow[]): void {
    for (const row of rows) {
      if (row.plan.table.kind === 'sums') {
        this.addSum(row, 1n);
        continue;
      }
      const change = this.changeOf(row);
      if (change.after !== undefined) throw new DerivationError(twice(row));
      change.after = row.values;
    }
  }

  /** The differences of each table that has any. */
  changes(): readonly TableChange[] {
    const changes: TableChange[] = [];
    for (const [plan, rows] of this.rows) {
      const change = rowDifferences(plan, rows);
      if (change.inserts.length + change.updates.length + change.deletes.length > 0) {
        changes.push(change);
      }
    }
    for (const [plan, sums] of this.sums) {
      const moved = [...sums.values()].filter(
        (sum) => sum.contributions !== 0n || sum.amounts.some((amount) => amount !== 0n),
      );
      if (moved.length > 0)
        changes.push({ plan, inserts: [], updates: [], deletes: [], sums: moved });
    }
    return changes;
  }

  private remove(row: DerivedRow): void {
    if (row.plan.table.kind === 'sums') this.addSum(row, -1n);
    else this.changeOf(row).before = row.values;
  }

  private changeOf(row: DerivedRow): RowChange {
    let rows = this.rows.get(row.plan);
    if (rows === undefined) this.rows.set(row.plan, (rows = new Map()));
    let change = rows.get(row.key);
    if (change === undefined) {
      rows.set(row.key, (change = { before: undefined, after: undefined }));
    }
    return change;
  }

  private addSum({ plan, key, values }: DerivedRow, sign: 1n | -1n): void {
    let sums = this.sums.get(plan);
    if (sums === undefined) this.sums.set(plan, (sums = new Map()));
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = {
        keyValues: keyValuesOf(plan, values),
        amounts: plan.otherIndexes.map(() => 0n),
        contributions: 0n,
      };
      sums.set(key, sum);
    }
    sum.contributions += sign;
    for (const [position, index] of plan.otherIndexes.entries()) {
      sum.amounts[position] = (sum.amounts[position] ?? 0n) + sign * amountOf(plan, values, index);
    }
  }
}

function rowDifferences(plan: TablePlan, rows: ReadonlyMap<string, RowChange>): TableChange {
  const inserts: (readonly Value[])[] = [];
  const updates: (readonly Value[])[] = [];
  const deletes: (readonly Value[])[] = [];
  for (const { before, after } of rows.values()) {
    if (before === undefined) {
      if (after !== undefined) inserts.push(after);
    } else if (after === undefined) deletes.push(keyValuesOf(plan, before));
    else if (!sameValues(before, after)) updates.push(after);
  }
  return { plan, inserts, updates, deletes, sums: [] };
}

/** The values of a row's primary key. */
export function keyValuesOf(plan: TablePlan, values: readonly Value[]): readonly Value[] {
  return plan.keyIndexes.map((index) => values[index] ?? null);
}

/** @throws DerivationError where a summed column holds anything but an integer. */
export function amountOf(plan: TablePlan, values: readonly Value[], index: number): bigint {
  const value = values[index];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new DerivationError(
    `${plan.schema}.${plan.table.name}.${plan.table.columns[index]?.name} can only sum integers, ` +
      `got ${String(value)}.`,
  );
}

function sameRow(left: DerivedRow | undefined, right: DerivedRow | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return (
    left.plan === right.plan && left.key === right.key && sameValues(left.values, right.values)
  );
}

function sameValues(left: readonly Value[], right: readonly Value[]): boolean {
  if (left === right) return true;
  return left.every((value, index) => sameValue(value, right[index] ?? null));
}

function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (!Array.isArray(left) || !Array.isArray(right)) return false;
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function twice({ plan, values }: DerivedRow): string {
  const key = keyValuesOf(plan, values).map(String).join(', ');
  return `Two rows of ${plan.schema}.${plan.table.name} have the primary key (${key}).`;
}
