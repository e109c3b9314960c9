import { isWellFormedText } from '#kernel';
import { createHash } from 'node:crypto';

const nameBytesMax = 1_000;

/**
 * A name under which anything can be parked. A name that PostgreSQL cannot hold or index may be the
 * very reason for parking, so such a name is represented by its SHA-256.
 */
export function storableName(name: string): string {
  if (isWellFormedText(name) && Buffer.byteLength(name) <= nameBytesMax) return name;
  return `~${createHash('sha256').update(name, 'utf16le').digest('hex')}`;
}
