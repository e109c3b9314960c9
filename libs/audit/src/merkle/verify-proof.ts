import { hashChildren } from './hashing.js';

/** What is claimed of a leaf: that it stands at an index of a tree of some size and root. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a proof shows that a leaf stands where it is claimed to, RFC 9162 section 2.1.3.2. */
export function provesInclusion(claim: InclusionClaim, proof: readonly Uint8Array[]): boolean {
  const { leafHash, index, size, root } = claim;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index)) return false;
  if (index < 0 || index >= size) return false;
  let node = BigInt(index);
  let last = BigInt(size - 1);
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      hash = hashChildren(sibling, hash);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = hashChildren(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && areEqual(hash, root);
}

/** The size and the root of a tree. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a proof shows that a tree begins with all of an earlier one, RFC 9162 section 2.1.4.2. */
export function provesConsistency(
  earlier: TreeHead,
  later: TreeHead,
  proof: readonly Uint8Array[],
): boolean {
  if (earlier.size < 0 || earlier.size > later.size) return false;
  if (earlier.size === later.size) {
    return proof.length === 0 && areEqual(earlier.root, later.root);
  }
  if (earlier.size === 0) return proof.length === 0;
  const isPerfect = Number.isInteger(Math.log2(earlier.size));
  const [first, ...rest] = isPerfect ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  let node = BigInt(earlier.size - 1);
  let last = BigInt(later.size - 1);
  while ((node & 1n) === 1n) [node, last] = [node >> 1n, last >> 1n];
  let [earlierHash, laterHash] = [first, first];
  for (const sibling of rest) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      earlierHash = hashChildren(sibling, earlierHash);
      laterHash = hashChildren(sibling, laterHash);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      laterHash = hashChildren(laterHash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && areEqual(earlierHash, earlier.root) && areEqual(laterHash, later.root);
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
