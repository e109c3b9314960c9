import type { Difference } from './compare-table.js';

/**
 * Counts every difference and keeps the first of each weight. One event too many shifts the arrival
 * of all that come after it; those differences must not bury the row that tells of it.
 */
export class Findings {
  total = 0;
  rowsCompared = 0;
  private readonly kept: readonly Difference[][] = [[], [], []];

  constructor(private readonly differencesMax: number) {}

  /** Rows that are missing or too many, then values, then what depends on arrival. */
  get differences(): readonly Difference[] {
    return this.kept.flat().slice(0, this.differencesMax);
  }

  add(item: Difference | 'equal_row'): void {
    this.rowsCompared += 1;
    if (item === 'equal_row') return;
    this.total += 1;
    const kept = this.kept[weightOf(item)];
    if (kept && kept.length < this.differencesMax) kept.push(item);
  }
}

function weightOf({ kind, dependsOnArrival }: Difference): number {
  if (kind !== 'differing_column') return 0;
  return dependsOnArrival ? 2 : 1;
}
