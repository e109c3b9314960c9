import { DateTime, IANAZone } from 'luxon';
import type { Occurrence } from './occurrence.js';

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const timePattern =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([zZ]|[+-]\d{2}:?\d{2})?$/;

export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** True for `YYYY-MM-DDTHH:MM:SS.sssZ` that names a real moment. */
export function isInstant(text: string): boolean {
  return instantPattern.test(text) && isMoment(text);
}

/** True for `YYYY-MM-DD` that names a real day. */
export function isDate(text: string): boolean {
  return datePattern.test(text) && isMoment(`${text}T00:00:00.000Z`);
}

/** False for the thirtieth of February, which Date would read as a day in March. */
function isMoment(instant: string): boolean {
  const moment = new Date(instant);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === instant;
}

/** Writes a moment in milliseconds since 1970 as the ledger's instants are written. */
export function instantFromMilliseconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * Reads an RFC 3339 time with its offset, or a zone-less one in the zone declared for its source.
 * Returns undefined where the text is no time, or has no zone and none is declared.
 *
 * A zone-less time that a clock change skips is read with the offset before the change; one that
 * it repeats is read as the earlier of the two moments.
 */
export function readInstant(text: string, declaredZone: string | undefined): string | undefined {
  const match = timePattern.exec(text);
  if (!match) return undefined;
  const [, day = '', minute = '', second = '00', fraction = '', offset] = match;
  const local = `${day}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  if (!isInstant(`${local}Z`)) return undefined;
  if (offset !== undefined) return shifted(`${local}Z`, offset);
  return declaredZone === undefined ? undefined : momentOfLocal(`${local}Z`, declaredZone);
}

const dayMilliseconds = 86_400_000;

/**
 * The moment at which clocks in a zone show a time: the earlier where they show it twice, and where
 * they skip it the one at which they would have shown it had they not been changed.
 *
 * Luxon's own answer for such times starts from the offset of today, so that the same text would
 * give another instant, and a fact another id, in summer than in winter.
 */
function momentOfLocal(local: string, zone: string): string {
  const shown = Date.parse(local);
  const clock = IANAZone.create(zone);
  const before = clock.offset(shown - dayMilliseconds);
  const after = clock.offset(shown + dayMilliseconds);
  const moments = [before, after]
    .filter((offset) => clock.offset(shown - offset * 60_000) === offset)
    .map((offset) => shown - offset * 60_000);
  return instantFromMilliseconds(
    moments.length === 0 ? shown - before * 60_000 : Math.min(...moments),
  );
}

/** The moment whose local time at this offset is given; undefined beyond four-digit years. */
function shifted(local: string, offset: string): string | undefined {
  if (/^[zZ]$/.test(offset)) return local;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  const east = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const instant = instantFromMilliseconds(Date.parse(local) - east);
  return instantPattern.test(instant) ? instant : undefined;
}

const dayStarts = new Map<string, string>();
const dayStartsMax = 10_000;

function firstInstantOfDay(date: string, zone: string): string {
  const key = `${zone} ${date}`;
  const known = dayStarts.get(key);
  if (known !== undefined) return known;
  const start = momentOfLocal(`${date}T00:00:00.000Z`, zone);
  if (dayStarts.size >= dayStartsMax) dayStarts.clear();
  dayStarts.set(key, start);
  return start;
}

/** The instant a fact is compared at: the first of its minute, or of its local day, where that is all that is known. */
export function comparableInstant(occurrence: Occurrence, zone: string): string | null {
  if (occurrence.occurredAt === null) return null;
  if (occurrence.precision === 'date') return firstInstantOfDay(occurrence.occurredAt, zone);
  return occurrence.precision === 'minute'
    ? `${occurrence.occurredAt.slice(0, 16)}:00.000Z`
    : occurrence.occurredAt;
}

/** The local day, `YYYY-MM-DD`, on which an instant falls in a zone. */
export function localDate(instant: string, zone: string): string {
  if (zone === 'UTC') return instant.slice(0, 10);
  return DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd');
}

/** What clocks in a zone show at an instant, with their offset: `2026-03-02T10:15:00+01:00`. */
export function localTime(instant: string, zone: string): string {
  if (zone === 'UTC') return `${instant.slice(0, 19)}+00:00`;
  const moment = Date.parse(instant);
  const offset = IANAZone.create(zone).offset(moment);
  const shown = instantFromMilliseconds(moment + offset * 60_000).slice(0, 19);
  const minutes = Math.abs(offset);
  const hour = twoDigits(Math.trunc(minutes / 60));
  return `${shown}${offset < 0 ? '-' : '+'}${hour}:${twoDigits(Math.trunc(minutes % 60))}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
