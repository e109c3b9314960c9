import { describe, expect, it } from 'vitest';
import type { Difference } from './compare-table.js';
import { Findings } from './findings.js';

const at = { table: 't', subject: undefined, revision: undefined };
const shifted = (id: string): Difference => ({
  kind: 'differing_column',
  ...at,
  primaryKey: { id },
  column: 'sequence',
  dependsOnArrival: true,
});
const differing: Difference = {
  kind: 'differing_column',
  ...at,
  primaryKey: { id: 'x' },
  column: 'amount',
};
const missing: Difference = { kind: 'missing_row', ...at, primaryKey: { id: 'y' } };

describe('the differences that are listed', () => {
  it('are not buried by columns that one event too few has shifted', () => {
    const findings = new Findings(3);
    for (const id of ['a', 'b', 'c', 'd']) findings.add(shifted(id));
    findings.add('equal_row');
    findings.add(differing);
    findings.add(missing);
    expect(findings.differences).toEqual([missing, differing, shifted('a')]);
    expect([findings.total, findings.rowsCompared]).toEqual([6, 7]);
  });
});
