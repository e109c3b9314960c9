import { createHash } from 'node:crypto';

const nameBytesMax = 1_000;

/**
 * A name under which anything can be parked. A name that PostgreSQL cannot hold or index may be the
 * very reason for parking, so such a name is represented by its SHA-256.
 */
export function storableName(name: string): string {
  if (name.length * 3 <= nameBytesMax && !/[\u0000\ud800-\udfff]/.test(name)) return name;
  // A regular expression without the u flag also meets the halves of whole characters.
  const isStorable =
    !name.includes('\u0000') && isWellFormed(name) && Buffer.byteLength(name) <= nameBytesMax;
  if (isStorable) return name;
  return `~${createHash('sha256').update(name, 'utf16le').digest('hex')}`;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
