import { median } from '../measure.js';
import type { BenchRow } from './bench-row.js';
import type { LiveLatency } from './live-latency.js';
import type { Usage } from './node-messages.js';
import type { Reopening } from './reopen-cases.js';

/** EventStoreDB 23.10 as a single node on two cores, in its best run. */
const serverMilliseconds = { median: 1.05, percentile99: 2.1 };

const reopenEvents = 1_000_000;
const reopenSecondsMax = 2;
const residentEvents = 5_000_000;
const residentMegabytesMax = 1_024;

export function latencyRows(
  name: string,
  rounds: readonly LiveLatency[],
  others: readonly LiveLatency[],
): readonly BenchRow[] {
  return (['median', 'percentile99'] as const).map((quantile) => {
    const values = rounds.map((round) => round[quantile]);
    const other = others.length === 0 ? undefined : median(others.map((round) => round[quantile]));
    const most = other ?? serverMilliseconds[quantile];
    return {
      case: `${name} at 200/s, ${quantile === 'median' ? 'median' : '99th percentile'}`,
      value: median(values),
      unit: 'ms',
      spread: [Math.min(...values), Math.max(...values)],
      ...(other === undefined ? {} : { other }),
      target: `≤ ${serverMilliseconds[quantile]}`,
      isMet: median(values) <= most,
    };
  });
}

export function residentRow(name: string, usage: Usage, megabytesMax?: number): BenchRow {
  const value = usage.residentBytes / 1_048_576;
  const row: BenchRow = { case: name, value, unit: 'MB' };
  if (megabytesMax === undefined) return row;
  return { ...row, target: `≤ ${megabytesMax}`, isMet: value <= megabytesMax };
}

export function reopeningRows(name: string, reopening: Reopening): readonly BenchRow[] {
  const { events, stoppedSeconds, killedSeconds, residentBytes } = reopening;
  const target =
    events === reopenEvents
      ? (value: number) => ({ target: `< ${reopenSecondsMax}`, isMet: value < reopenSecondsMax })
      : () => ({});
  const usage = { cpuMicroseconds: 0, residentBytes };
  return [
    { case: `${name}, stopped`, value: stoppedSeconds, unit: 's', ...target(stoppedSeconds) },
    { case: `${name}, killed`, value: killedSeconds, unit: 's', ...target(killedSeconds) },
    events === residentEvents
      ? residentRow(`${name}, memory`, usage, residentMegabytesMax)
      : residentRow(`${name}, memory`, usage),
  ];
}
