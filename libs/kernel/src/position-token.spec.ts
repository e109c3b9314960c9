import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePositions, readPositionToken, writePositionToken } from './position-token.js';

const unsigned64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const tokens = fc.record({
  ledgerId: fc.string({ unit: 'grapheme' }),
  storeId: fc.uuid(),
  commit: unsigned64,
  prepare: unsigned64,
});

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/position-tokens.json', import.meta.url), 'utf8'),
) as { tokens: Record<'ledgerId' | 'storeId' | 'commit' | 'prepare' | 'token', string>[] };

const written = (fields: unknown) => Buffer.from(JSON.stringify(fields)).toString('base64url');

describe('position tokens', () => {
  it('are read back as they were written, to the last of 64 bits', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        expect(readPositionToken(writePositionToken(token))).toEqual(token);
      }),
    );
  });
  it.each(vectors.tokens)('keep the form $token', ({ token, commit, prepare, ...ids }) => {
    const read = { ...ids, commit: BigInt(commit), prepare: BigInt(prepare) };
    expect(writePositionToken(read)).toBe(token);
    expect(readPositionToken(token)).toEqual(read);
  });
  it('can stand in a URL', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        expect(writePositionToken(token)).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });
  it.each([
    ['nothing', ''],
    ['no JSON', 'abc'],
    ['another version', written([2, 'l', 's', '1', '1'])],
    ['a missing field', written([1, 'l', 's', '1'])],
    ['a negative position', written([1, 'l', 's', '-1', '1'])],
    ['a position beyond 64 bits', written([1, 'l', 's', '18446744073709551616', '1'])],
    ['a number for a position', written([1, 'l', 's', 1, 1])],
    ['a number for a ledger', written([1, 7, 's', '1', '1'])],
  ])('are not read from %s', (_what, text) => {
    expect(readPositionToken(text)).toBeUndefined();
  });
  it('order by commit, then prepare, as numbers', () => {
    const at = (commit: bigint, prepare: bigint) => ({ commit, prepare });
    expect(comparePositions(at(9n, 0n), at(10n, 0n))).toBe(-1);
    expect(comparePositions(at(10n, 2n), at(10n, 1n))).toBe(1);
    expect(comparePositions(at(10n, 1n), at(10n, 1n))).toBe(0);
  });
});
