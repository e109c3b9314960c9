import { describe, expect, it } from 'vitest';
import { quantityMax } from '#events';
import { daybookGroup } from '#projections';

const group = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });
const sums = group.projections
  .flatMap(({ tables }) => tables)
  .filter(({ kind }) => kind === 'sums');

const bits64 = 2n ** 63n;
/** More lines than any ledger has: at a hundred bytes each they are the better part of a terabyte. */
const linesMax = 9_000_000_000n;

describe('a sum over many facts', () => {
  it('has 64 bits only where it counts units or lines, of which there are never so many', () => {
    const narrow = sums.flatMap(({ name, columns, primaryKey }) =>
      columns
        .filter((column) => column.type === 'bigint' && !primaryKey.includes(column.name))
        .map((column) => `${name}.${column.name}`),
    );
    expect(narrow.filter((name) => !name.startsWith('stock.')).toSorted()).toEqual([
      'settlement_batch.lines',
      'source_fact.corrected',
      'source_fact.facts',
      'source_number.facts',
    ]);
    expect(BigInt(quantityMax) * linesMax).toBeLessThan(bits64);
  });

  it('of money has as many digits as it takes', () => {
    const wide = sums.flatMap(({ columns }) => columns.filter(({ type }) => type === 'numeric'));
    expect(wide.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['balance', 'net', 'paid_out', 'open']),
    );
    expect(BigInt(Number.MAX_SAFE_INTEGER) * 1_100n).toBeGreaterThan(bits64);
  });
});
