import { DateTime } from 'luxon';
import { type Money, minorFromDecimal } from '#kernel';
import type { ChannelRegistration } from './channel.js';

/** Reads columns in the zone and the currency of their channel. */
export interface ColumnReading {
  /** Reads `YYYY-MM-DD HH:MM:SS` in the channel's zone as RFC 3339 with the zone's offset then. */
  readonly readTime: (text: string) => string | undefined;
  /** Reads a decimal amount of the channel's currency, from zero. */
  readonly readAmount: (text: string) => Money | undefined;
  /** A time of a row whose faults were looked for before. */
  readonly timeOf: (text: string) => string;
  /** An amount of a row whose faults were looked for before. */
  readonly amountOf: (text: string) => Money;
}

export function columnReadingOf({
  zone,
  currency,
}: Pick<ChannelRegistration, 'zone' | 'currency'>): ColumnReading {
  const readTime = (text: string): string | undefined => {
    const moment = DateTime.fromSQL(text, { zone });
    return moment.isValid ? (moment.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined;
  };
  const readAmount = (text: string): Money | undefined => {
    const minor = minorFromDecimal(text, currency);
    return minor === undefined || minor < 0 ? undefined : { minor, currency };
  };
  return {
    readTime,
    readAmount,
    timeOf: (text) => checked(readTime(text), text),
    amountOf: (text) => checked(readAmount(text), text),
  };
}

function checked<Value>(value: Value | undefined, text: string): Value {
  if (value === undefined) throw new Error(`"${text}" was translated without being checked.`);
  return value;
}
