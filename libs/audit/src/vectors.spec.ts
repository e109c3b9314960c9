import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  canonicalDigest,
  canonicalJson,
  eventIdOf,
  leafOf,
  eventIdNamespace,
  defaultLedgerPrefix,
} from '#kernel';
import { type CanonicalLeaf, merkleLeafHash, merkleRoot } from './canonical-leaf.js';

interface Vectors {
  namespace: string;
  prefix: string;
  streams: { category: string; parts: string[]; stream: string }[];
  digests: { content: unknown; sha256: string }[];
  eventIds: { parts: string[]; id: string }[];
  leaves: { leaf: CanonicalLeaf; canonicalBytes: number; sha256: string }[];
  root: { size: number; sha256: string };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/decisions.json', import.meta.url), 'utf8'),
) as Vectors;

describe('the vectors of the decisions', () => {
  it('keep the namespace and the ledger prefix', () => {
    expect(eventIdNamespace).toBe(vectors.namespace);
    expect(defaultLedgerPrefix).toBe(vectors.prefix);
  });
  it.each(vectors.streams)('name the stream of $category $parts', ({ category, parts, stream }) => {
    expect(defaultLedgerPrefix + leafOf(category, parts)).toBe(stream);
  });
  it.each(vectors.digests)('give the digest $sha256', ({ content, sha256 }) => {
    expect(canonicalDigest(content)).toBe(sha256);
  });
  it.each(vectors.eventIds)('give the event id $id', ({ parts, id }) => {
    expect(eventIdOf(parts)).toBe(id);
  });
  it.each(vectors.leaves)('give the leaf hash $sha256', ({ leaf, canonicalBytes, sha256 }) => {
    expect(Buffer.byteLength(canonicalJson(leaf))).toBe(canonicalBytes);
    expect(merkleLeafHash(leaf).toString('hex')).toBe(sha256);
  });
  it('give the root', () => {
    const root = merkleRoot(vectors.leaves.map(({ leaf }) => merkleLeafHash(leaf)));
    expect(root.toString('hex')).toBe(vectors.root.sha256);
  });
});
