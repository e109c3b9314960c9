import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** SHA-256 of bytes or UTF-8 text, in lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 over the RFC 8785 bytes of a JSON value, in lower-case hexadecimal. */
export function canonicalDigest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
