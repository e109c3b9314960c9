import { DateTime } from 'luxon';
import { type Money, minorFromDecimal } from '#kernel';
import type { DeliveredTime } from '../fact-delivery.js';
import { olistRegistration } from './registration.js';

const { currency, zone } = olistRegistration;

/** Reads `YYYY-MM-DD HH:MM:SS` in the channel's zone as RFC 3339 with the zone's offset then. */
export function readTime(text: string): string | undefined {
  const moment = DateTime.fromSQL(text, { zone });
  return moment.isValid ? (moment.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined;
}

/** Reads a decimal amount of the channel's currency. */
export function readAmount(text: string): Money | undefined {
  const minor = minorFromDecimal(text, currency);
  return minor === undefined || minor < 0 ? undefined : { minor, currency };
}

/** A time of a row whose faults were looked for before. */
export function timeOf(text: string): string {
  return checked(readTime(text), text);
}

/** An amount of a row whose faults were looked for before. */
export function amountOf(text: string): Money {
  return checked(readAmount(text), text);
}

function checked<Value>(value: Value | undefined, text: string): Value {
  if (value === undefined) throw new Error(`"${text}" was translated without being checked.`);
  return value;
}

/** The time where the source gives one; else unknown, not before the latest step it must follow. */
export function timeOrUnknown(text: string, notBefore: string): DeliveredTime {
  return text === ''
    ? { precision: 'unknown', notbefore: notBefore }
    : { time: timeOf(text), precision: 'instant' };
}
