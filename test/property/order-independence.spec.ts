import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { fullFold, textOf } from '../fixtures/full-fold.js';
import { randomHistory } from '../fixtures/history.js';
import { Random } from '../fixtures/random.js';

const histories = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 400 : 25;

/** The facts as they would stand in the ledger had they arrived in this order. */
function arriving(events: readonly AnyLedgerEvent[]): readonly AnyLedgerEvent[] {
  return events.map((event, sequence) => ({ ...event, arrival: { ...event.arrival, sequence } }));
}

describe('the read models are a function of the set of facts', () => {
  it('gives equal tables for every order of arrival, with repeats', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, order) => {
        const history = randomHistory(seed);
        const random = new Random(order);
        const repeats = history.filter(() => random.chance(0.2));
        expect(textOf(fullFold(arriving(random.shuffled([...history, ...repeats]))))).toBe(
          textOf(fullFold(history)),
        );
      }),
      { numRuns: histories },
    );
  });

  it('balances every entry, so that the trial balance sums to zero', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const sums = new Map<string, bigint>();
        for (const row of fullFold(randomHistory(seed)).get('erp_postings.balance')?.values() ??
          []) {
          const [legalEntity, , currency, , debit, credit] = row;
          const book = `${String(legalEntity)} ${String(currency)}`;
          sums.set(book, (sums.get(book) ?? 0n) + BigInt(String(debit)) - BigInt(String(credit)));
        }
        expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      }),
      { numRuns: histories },
    );
  });
});
