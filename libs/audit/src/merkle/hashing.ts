import { hash } from 'node:crypto';

/** The length of every hash of the tree: SHA-256. */
export const hashBytes = 32;

const leafMark = 0;
const nodeMark = 1;

/** The root of the tree without leaves, RFC 6962 section 2.1: the hash of nothing. */
export const emptyRoot: Buffer = sha256(new Uint8Array());

/** The hash of a leaf, RFC 6962 section 2.1: SHA-256(0x00 ‖ bytes). */
export function hashLeaf(bytes: Uint8Array): Buffer {
  const marked = Buffer.allocUnsafe(bytes.length + 1);
  marked[0] = leafMark;
  marked.set(bytes, 1);
  return sha256(marked);
}

/** As {@link hashLeaf}, over the UTF-8 bytes of a text. */
export function hashLeafText(text: string): Buffer {
  // The mark is the character U+0000, one byte of UTF-8, so that nothing has to be copied.
  return hash('sha256', `\0${text}`, 'buffer');
}

/** The hash of a node over its two halves, RFC 6962 section 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function hashChildren(left: Uint8Array, right: Uint8Array): Buffer {
  const joined = Buffer.allocUnsafe(1 + 2 * hashBytes);
  joined[0] = nodeMark;
  joined.set(left, 1);
  joined.set(right, 1 + hashBytes);
  return sha256(joined);
}

/** The root over hashes that stand next to each other; their number is a power of two. */
export function hashOfPerfect(hashes: Uint8Array): Buffer {
  if (hashes.length === hashBytes) return Buffer.from(hashes);
  const half = hashes.length / 2;
  return hashChildren(
    hashOfPerfect(hashes.subarray(0, half)),
    hashOfPerfect(hashes.subarray(half)),
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}
