import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameFilter } from './name-filter.js';

describe('a filter of names', () => {
  it('never denies a name it was given', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), (names) => {
        const filter = new NameFilter(2);
        for (const name of names) filter.add(name);
        expect(names.every((name) => filter.mayHold(name))).toBe(true);
      }),
    );
  });

  it('is seldom wrong about names it was not given, though they are much alike', () => {
    const filter = new NameFilter(1_000);
    for (let index = 0; index < 8_000; index += 1) filter.add(`order-shop.eu:${index}`);
    let mistakes = 0;
    for (let index = 8_000; index < 18_000; index += 1) {
      if (filter.mayHold(`order-shop.eu:${index}`)) mistakes += 1;
    }
    expect(mistakes).toBeLessThan(200);
  });
});
