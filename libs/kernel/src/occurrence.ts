/** How exactly a source knows when something happened. */
export type Precision = 'instant' | 'minute' | 'date' | 'unknown';

/**
 * When something happened, as far as its source knows.
 *
 * `occurredAt` is `YYYY-MM-DDTHH:MM:SS.sssZ` for instant and minute, `YYYY-MM-DD` (the source's
 * local day) for date, and null for unknown; the bounds are instants in the same form, or null.
 */
export interface Occurrence {
  readonly occurredAt: string | null;
  readonly precision: Precision;
  readonly notBefore: string | null;
  readonly notAfter: string | null;
}

/** The time as it stands in an id: an instant, a date, or empty where it is unknown. */
export function occurrenceIdText(occurrence: Occurrence): string {
  return occurrence.occurredAt ?? '';
}

/**
 * Orders by when things happened, the unknown last and equal among themselves.
 * Both arguments are comparable instants (see {@link comparableInstant}) or null.
 */
export function compareInstants(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}

/** Byte order, the same on every machine; ids and keys are compared with it, never by locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
