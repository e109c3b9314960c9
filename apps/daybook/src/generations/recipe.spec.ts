import type { Projection, Table } from '#projection-engine';
import { describe, expect, it } from 'vitest';
import { derivationOf, referenceDataOf, runnableReferenceData } from './recipe.js';

const referenceData = { accounts: {}, legalEntities: {}, authority: [] };
const orders: Table = {
  name: 'order_header',
  kind: 'rows',
  columns: [{ name: 'leaf', type: 'text' }],
  primaryKey: ['leaf'],
};
const groupOf = (version: number, table: Table) => {
  const projection: Projection<never> = {
    name: 'timeline',
    version,
    tables: [table],
    rowsOf: () => [],
  };
  return { projections: [projection] };
};

describe('what a generation is derived by', () => {
  const group = groupOf(1, orders);
  const derivation = derivationOf(group, referenceData);

  it('is the same for the same rules and the same tables', () => {
    expect(derivationOf(groupOf(1, { ...orders }), referenceData)).toEqual(derivation);
    expect(runnableReferenceData({ derivation }, group)).toEqual(referenceData);
  });

  it.each([
    ['version', groupOf(2, orders)],
    ['column', groupOf(1, { ...orders, columns: [{ name: 'leaf', type: 'jsonb' }] })],
    ['index', groupOf(1, { ...orders, indexes: [['leaf']] })],
  ])('is another release’s where a %s differs, which then stands still', (_what, other) => {
    expect(derivationOf(other, referenceData).digest).not.toBe(derivation.digest);
    expect(runnableReferenceData({ derivation }, other)).toBeUndefined();
    expect(referenceDataOf({ derivation })).toEqual(referenceData);
  });
});
