import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';

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
  return createHash('sha256').update(canonicalJson(leaf)).digest();
}

/** The Merkle tree's hash of a leaf, RFC 6962 section 2.1: SHA-256(0x00 ‖ bytes). */
export function merkleLeafHash(leaf: CanonicalLeaf): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(canonicalJson(leaf)).digest();
}

/** The root over leaf hashes in ledger order, RFC 6962 section 2.1. */
export function merkleRoot(leafHashes: readonly Buffer[]): Buffer {
  const [only] = leafHashes;
  if (only === undefined) return createHash('sha256').digest();
  if (leafHashes.length === 1) return only;
  let split = 1;
  while (split * 2 < leafHashes.length) split *= 2;
  return createHash('sha256')
    .update(Uint8Array.of(1))
    .update(merkleRoot(leafHashes.slice(0, split)))
    .update(merkleRoot(leafHashes.slice(split)))
    .digest();
}
