import { median } from '../measure.js';
import type { BenchRow } from './bench-row.js';
import type { BenchCase, Target } from './cases.js';
import type { SideRun } from './side.js';

/** One round of a case: every side in turn, and the disk. */
export interface Round {
  readonly node: SideRun;
  readonly floor: SideRun;
  readonly other: SideRun | undefined;
  /** Seconds to make one group of the case durable, where the floor counts it. */
  readonly diskSeconds: number;
}

/** The medians of the rounds; the ratio is the median of each round's own. */
export function caseRow(
  { name, events, groups, target }: BenchCase,
  rounds: readonly Round[],
): BenchRow {
  const rates = rounds.map(({ node }) => events / node.seconds);
  const floors = rounds.map(
    ({ floor, diskSeconds }) => events / (floor.seconds + diskSeconds * (groups?.count ?? 0)),
  );
  const value = median(rates);
  const ratio = median(rates.map((rate, index) => rate / (floors[index] ?? rate)));
  const cpu = rounds.flatMap(({ node }) => node.nodeCpuSeconds ?? []);
  const others = rounds.flatMap(({ other }) => (other ? events / other.seconds : []));
  const other = others.length === 0 ? undefined : median(others);
  return {
    case: name,
    value,
    unit: 'events/s',
    spread: [Math.min(...rates), Math.max(...rates)],
    floor: median(floors),
    ratio,
    nodeCpuSeconds: (median(cpu) * 10_000) / events,
    ...(other === undefined ? {} : { other }),
    target: targetWords(target),
    isMet: isMet(target, value, ratio, other),
  };
}

function targetWords({ ratioMin, serverRate, serverShareMin }: Target): string {
  const words: string[] = [];
  if (ratioMin !== undefined) words.push(`≥ ${ratioMin} of the floor`);
  if (serverRate !== undefined) {
    words.push(`≥ ${serverShareMin} of ${serverRate.toLocaleString('en-US')}`);
  }
  return words.join(', ');
}

/** The server that ran beside it is a better measure than its figures on another machine. */
function isMet(target: Target, value: number, ratio: number, other: number | undefined): boolean {
  const { ratioMin = 0, serverRate = 0, serverShareMin = 1 } = target;
  return ratio >= ratioMin && value >= serverShareMin * (other ?? serverRate);
}
