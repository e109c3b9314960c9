import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registerWinner } from './register.js';
import { compareByAuthority } from './report.js';

interface VectorFact {
  readonly object: string;
  readonly rank: number;
  readonly version: number | null;
  readonly occurredAt: string | null;
  readonly factId: string;
  readonly value: unknown;
}

interface Vectors {
  readonly registers: readonly { readonly facts: readonly VectorFact[]; readonly value: unknown }[];
  readonly effectiveWitness: readonly {
    readonly reports: readonly VectorFact[];
    readonly effective: string;
  }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../../test/vectors/decisions.json', import.meta.url), 'utf8'),
) as Vectors;

function registerFact({ version, occurredAt, ...rest }: VectorFact) {
  return { ...rest, version: version === null ? null : BigInt(version), at: occurredAt };
}

describe('the vectors of registers and witnesses', () => {
  it.each(vectors.registers.map((vector, index) => ({ index, ...vector })))(
    'register $index holds $value, in whatever order its facts come',
    ({ facts, value }) => {
      const candidates = facts.map(registerFact);
      expect(registerWinner(candidates)?.value).toBe(value);
      expect(registerWinner([...candidates].reverse())?.value).toBe(value);
    },
  );
  it.each(vectors.effectiveWitness.map((vector, index) => ({ index, ...vector })))(
    'of the witnesses $index the report $effective is effective',
    ({ reports, effective }) => {
      const [best] = reports.map(registerFact).sort(compareByAuthority);
      expect(best?.factId).toBe(effective);
    },
  );
});
