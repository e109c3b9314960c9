/** One measured side of a case. */
export interface Measurement {
  readonly seconds: number;
  readonly cpuMicroseconds: number;
}

/** Runs and times something; CPU is that of this process with all its threads. */
export async function measured(work: () => Promise<void>): Promise<Measurement> {
  const cpu = process.cpuUsage();
  const from = process.hrtime.bigint();
  await work();
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuMicroseconds: user + system };
}

/** One line of a result: the median of the runs, and how far they lie apart. */
export interface CaseResult {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  /** The floor taken in turn with it in the same run. */
  readonly floor: number;
  readonly ratio: number;
  readonly cpuMicrosPerEvent: number;
  /** The least and the greatest value of the runs. */
  readonly spread: readonly [number, number];
}

/** Turns pairs of measurements into events a second. */
export function caseResult(
  name: string,
  events: number,
  pairs: readonly { readonly value: Measurement; readonly floor: Measurement }[],
): CaseResult {
  const rates = pairs.map(({ value }) => events / value.seconds);
  const value = median(rates);
  const floor = median(pairs.map((pair) => events / pair.floor.seconds));
  return {
    case: name,
    value: round(value),
    unit: 'events/s',
    floor: round(floor),
    ratio: Math.round((value / floor) * 1_000) / 1_000,
    cpuMicrosPerEvent: round(median(pairs.map((pair) => pair.value.cpuMicroseconds / events))),
    spread: [round(Math.min(...rates)), round(Math.max(...rates))],
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
