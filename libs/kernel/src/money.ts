import { minorDigitsOf } from './currency.js';

/** An amount as events carry it: safe-integer minor units of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/**
 * Reads a decimal such as `188.73` or `16.5` as minor units, exactly.
 * Returns undefined where the text is no plain decimal, has more digits than the currency, or is
 * beyond the safe integers.
 */
export function minorFromDecimal(text: string, currency: string): number | undefined {
  const digits = minorDigitsOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (digits === undefined || !match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const minor = Number(`${whole}${significant.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** Minor units as a decimal with the currency's digits, such as `-1234.50`. Exact for any bigint. */
export function decimalFromMinor(minor: bigint | number, currency: string): string {
  const digits = minorDigitsOf(currency);
  if (digits === undefined) throw new Error(`Unknown currency ${currency}.`);
  const value = BigInt(minor);
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const sign = value < 0n ? '-' : '';
  return digits === 0
    ? `${sign}${text}`
    : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `1,234.50 EUR`: what people read. */
export function formatMoney(minor: bigint | number, currency: string): string {
  const [whole = '', fraction] = decimalFromMinor(minor, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${currency}`;
}

/**
 * What the first `units` of `unitsTotal` positions are worth together. Taking the difference of
 * two such values prices a part so that the parts always sum to the whole: 10.00 over three units
 * gives 3.33, 3.33 and 3.34, whatever the order in which they are asked for.
 */
export function cumulativeShare(total: bigint, units: bigint, unitsTotal: bigint): bigint {
  if (unitsTotal <= 0n || units < 0n || units > unitsTotal) {
    throw new Error(`No share for ${units} of ${unitsTotal} units.`);
  }
  const scaled = total * units;
  const quotient = scaled / unitsTotal;
  return scaled < 0n && quotient * unitsTotal !== scaled ? quotient - 1n : quotient;
}
