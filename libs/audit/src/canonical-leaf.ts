import { hash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { hashLeafText } from './merkle/hashing.js';
import { GrowingTree } from './merkle/growing-tree.js';

/**
 * What a ledger event is to an auditor: everything but its position, so that a seal still holds
 * after the ledger was copied to another store.
 */
export interface CanonicalLeaf {
  /** The stream's name without the ledger's prefix. */
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** SHA-256 over the RFC 8785 bytes of a leaf: what completeness is counted with. */
export function leafDigest(leaf: CanonicalLeaf): Buffer {
  return hash('sha256', canonicalJson(leaf), 'buffer');
}

/** The Merkle tree's hash of a leaf, RFC 6962 section 2.1: SHA-256(0x00 ‖ bytes). */
export function merkleLeafHash(leaf: CanonicalLeaf): Buffer {
  return hashLeafText(canonicalJson(leaf));
}

/** The root over leaf hashes in ledger order, RFC 6962 section 2.1. */
export function merkleRoot(leafHashes: readonly Buffer[]): Buffer {
  const tree = new GrowingTree(() => undefined);
  for (const leafHash of leafHashes) tree.append(leafHash);
  return tree.root();
}
