import type { AnyLedgerEvent } from '#events';
import { comparableInstant } from '#kernel';

const dayMilliseconds = 86_400_000;

/** Where facts are counted of which nobody knows when they happened. */
export const undatedSpan = 'undated';

/** The business day or batch a fact is counted in: as its source says, else the day it happened on. */
export function spanOf({ arrival, occurrence }: AnyLedgerEvent, zone: string): string {
  const said = arrival.sourceCount?.span;
  if (said !== undefined) return said;
  const { occurredAt, precision } = occurrence;
  if (occurredAt === null) return undatedSpan;
  return precision === 'date' ? occurredAt : dayOf(occurredAt, zone);
}

/** The local day of an instant; the first instants of days are remembered, of all instants none are. */
function dayOf(instant: string, zone: string): string {
  const day = instant.slice(0, 10);
  if (zone === 'UTC') return day;
  const next = shifted(day, 1);
  if (startOf(next, zone) <= instant) return next;
  return startOf(day, zone) <= instant ? day : shifted(day, -1);
}

function startOf(day: string, zone: string): string {
  const occurrence = {
    occurredAt: day,
    precision: 'date',
    notBefore: null,
    notAfter: null,
  } as const;
  return comparableInstant(occurrence, zone) ?? day;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMilliseconds)
    .toISOString()
    .slice(0, 10);
}
