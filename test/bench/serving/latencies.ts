/** Latencies of one case, in milliseconds. */
export interface Latencies {
  readonly case: string;
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function latenciesOf(name: string, milliseconds: readonly number[]): Latencies {
  const sorted = [...milliseconds].sort((left, right) => left - right);
  const at = (share: number): number => {
    const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    return Math.round((sorted[index] ?? 0) * 100) / 100;
  };
  return { case: name, count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

export function latencyLine({ case: name, count, p50, p99, max }: Latencies): string {
  return `${name.padEnd(44)} p50 ${p50} ms  p99 ${p99} ms  max ${max} ms  (${count})`;
}
