import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCodes, minorDigitsOf } from './currency.js';
import { cumulativeShare, decimalFromMinor, formatMoney, minorFromDecimal } from './money.js';

describe('amounts', () => {
  it('have the minor digits of ISO 4217, also where Intl is wrong', () => {
    expect(['HUF', 'IDR', 'MGA', 'JPY', 'KWD', 'CLF', 'EUR'].map(minorDigitsOf)).toEqual([
      2, 2, 2, 0, 3, 4, 2,
    ]);
    expect(minorDigitsOf('eur')).toBeUndefined();
    expect(minorDigitsOf('constructor')).toBeUndefined();
  });
  it('survive being written as a decimal and read back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...currencyCodes()), (minor, currency) => {
        expect(minorFromDecimal(decimalFromMinor(minor, currency), currency)).toBe(minor + 0);
      }),
    );
  });
  it.each([
    ['1.005', 'EUR'],
    ['1.5', 'JPY'],
    ['1,50', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['.5', 'EUR'],
    ['90071992547409.92', 'EUR'],
    ['1.00', 'XXX'],
  ])('are not read from %j %s', (text, currency) => {
    expect(minorFromDecimal(text, currency)).toBeUndefined();
  });
  it('are read past zeros that say nothing', () => {
    expect(minorFromDecimal('12.500', 'EUR')).toBe(1_250);
    expect(minorFromDecimal('-0.00', 'EUR')).toBe(0);
  });
  it('are shown with their currency', () => {
    expect(formatMoney(-123_456_789n, 'EUR')).toBe('-1,234,567.89 EUR');
    expect(formatMoney(500, 'JPY')).toBe('500 JPY');
  });
});

describe('shares of an amount', () => {
  it('sum to the whole and differ by at most one unit, whatever the amount and count', () => {
    const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 60 }), (total, count) => {
        const units = BigInt(count);
        const shares = Array.from(
          { length: count },
          (_unused, index) =>
            cumulativeShare(total, BigInt(index + 1), units) -
            cumulativeShare(total, BigInt(index), units),
        );
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(total);
        const sorted = shares.toSorted((left, right) => (left < right ? -1 : 1));
        expect((sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n)).toBeLessThanOrEqual(1n);
      }),
    );
  });
  it('of ten over three are 3.33, 3.33 and 3.34', () => {
    expect([1n, 2n, 3n].map((units) => cumulativeShare(1_000n, units, 3n))).toEqual([
      333n,
      666n,
      1_000n,
    ]);
  });
  it('are refused where there is nothing to share among', () => {
    expect(() => cumulativeShare(1n, 0n, 0n)).toThrow('No share');
    expect(() => cumulativeShare(1n, 4n, 3n)).toThrow('No share');
  });
});
