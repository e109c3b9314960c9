import type pg from 'pg';
import { type CaseResult, caseResult, measured, type Measurement } from './measure.js';
import { postgresCpuMicroseconds } from './postgres-cpu.js';

/** A measurement with the CPU that PostgreSQL took besides, where the system tells it. */
export interface CpuMeasurement extends Measurement {
  readonly postgresCpuMicroseconds: number | undefined;
}

export async function measuredWithPostgres(
  pool: pg.Pool,
  work: () => Promise<void>,
): Promise<CpuMeasurement> {
  const before = await postgresCpuMicroseconds(pool);
  const result = await measured(work);
  const after = await postgresCpuMicroseconds(pool);
  const taken = before === undefined || after === undefined ? undefined : after - before;
  return { ...result, postgresCpuMicroseconds: taken };
}

/** The same pairs by the CPU of all that took part, added up: what a busy machine disturbs least. */
export function cpuResult(
  events: number,
  pairs: readonly { readonly value: CpuMeasurement; readonly floor: CpuMeasurement }[],
): readonly CaseResult[] {
  const added = pairs.flatMap(({ value, floor: least }) => {
    const [ofValue, ofFloor] = [withPostgres(value), withPostgres(least)];
    return ofValue === undefined || ofFloor === undefined
      ? []
      : [{ value: ofValue, floor: ofFloor }];
  });
  if (added.length === 0) return [];
  return [{ ...caseResult('replay, CPU added', events, added), unit: 'events/CPU s' }];
}

function withPostgres({
  cpuMicroseconds,
  postgresCpuMicroseconds: ofPostgres,
}: CpuMeasurement): Measurement | undefined {
  if (ofPostgres === undefined) return undefined;
  const all = cpuMicroseconds + ofPostgres;
  return { seconds: all / 1e6, cpuMicroseconds: all };
}
