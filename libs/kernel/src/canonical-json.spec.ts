import canonicalizeModule from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

// The package is CommonJS without a call signature that TypeScript sees through its default export.
const library = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 200_000 : 2_000;

describe('canonical JSON', () => {
  it('is what the library makes of any value that JSON carries', () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(canonicalJson(value)).toBe(library(value));
    });
    fc.assert(property, { numRuns: runs });
  });

  it('is the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: JSON.parse(
        '[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]',
      ) as unknown,
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts names by UTF-16 code units, the example of RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)[0]).toBe('One');
    expect(canonicalJson(value)).toBe(library(value));
  });

  it('leaves undefined members out, writes null for them in lists, and asks toJSON', () => {
    for (const value of [{ a: undefined, b: [undefined, 1] }, { at: new Date(0) }, -0, [], {}]) {
      expect(canonicalJson(value)).toBe(library(value));
    }
  });

  it.each([Number.NaN, Infinity, 1n, undefined, () => 1, { a: 1n }])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(/JSON form/);
  });
});
