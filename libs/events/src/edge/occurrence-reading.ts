import { isDate, type Occurrence, type Precision, readInstant } from '#kernel';
import type { Attributes } from './attributes.js';
import { type FactRefusal, refuseFact } from './fact-refusals.js';

const yearMin = 1990;
const yearMax = 2200;

const precisions: readonly string[] = ['instant', 'minute', 'date', 'unknown'];

/** When an event happened, and the offset its source wrote, for people. */
export interface OccurrenceReading {
  readonly occurrence: Occurrence;
  readonly sourceOffset: string | undefined;
}

/**
 * Reads `time`, `precision`, `notbefore` and `notafter`. A time without an offset is read in the
 * declared zone of its account; nothing is invented where neither is there.
 */
export function readOccurrence(
  { optional }: Attributes,
  zone: string | undefined,
): OccurrenceReading | FactRefusal {
  const { time, precision = 'instant', notbefore, notafter } = optional;
  if (!isPrecision(precision)) {
    return refuseFact('time_invalid', 'precision', `precision must be ${precisions.join(', ')}.`);
  }
  const occurredAt = readTime(time, precision, zone);
  if (typeof occurredAt === 'object' && occurredAt !== null) return occurredAt;
  const notBefore = notbefore === undefined ? null : readMoment('notbefore', notbefore, zone);
  if (typeof notBefore === 'object' && notBefore !== null) return notBefore;
  const notAfter = notafter === undefined ? null : readMoment('notafter', notafter, zone);
  if (typeof notAfter === 'object' && notAfter !== null) return notAfter;
  if (notBefore !== null && notAfter !== null && notBefore > notAfter) {
    return refuseFact('time_invalid', 'notafter', 'notafter must not lie before notbefore.');
  }
  return {
    occurrence: Object.freeze({ occurredAt, precision, notBefore, notAfter }),
    sourceOffset:
      precision === 'date' ? undefined : /(?:[zZ]|[+-]\d{2}:?\d{2})$/.exec(time ?? '')?.[0],
  };
}

function isPrecision(text: string): text is Precision {
  return precisions.includes(text);
}

function readTime(
  time: string | undefined,
  precision: Precision,
  zone: string | undefined,
): string | null | FactRefusal {
  if (precision === 'unknown') {
    return time === undefined
      ? null
      : refuseFact('time_invalid', 'time', 'time must be absent where precision is "unknown".');
  }
  if (time === undefined) {
    return refuseFact('time_missing', 'time', 'time is missing and precision is not "unknown".');
  }
  if (precision !== 'date') return readMoment('time', time, zone);
  if (!isDate(time)) {
    return refuseFact(
      'time_invalid',
      'time',
      'time must be a day, YYYY-MM-DD, with this precision.',
    );
  }
  return outOfRange('time', time) ?? time;
}

function readMoment(
  field: 'time' | 'notbefore' | 'notafter',
  text: string,
  zone: string | undefined,
): string | FactRefusal {
  if (isDate(text)) {
    const message =
      field === 'time'
        ? 'time is a day: send precision "date" with it.'
        : `${field} must be an instant, not a day.`;
    return refuseFact('time_invalid', field, message);
  }
  const instant = readInstant(text, zone);
  if (instant !== undefined) return outOfRange(field, instant) ?? instant;
  return zone === undefined && readInstant(text, 'UTC') !== undefined
    ? refuseFact('time_without_zone', field, `${field} has no offset, and its account no zone.`)
    : refuseFact('time_invalid', field, `${field} must be an RFC 3339 time.`);
}

function outOfRange(field: string, text: string): FactRefusal | undefined {
  const year = Number(text.slice(0, 4));
  return year >= yearMin && year <= yearMax
    ? undefined
    : refuseFact(
        'time_out_of_range',
        field,
        `${field} must lie in the years ${yearMin} to ${yearMax}.`,
      );
}
