import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Seconds that the disk takes to make a group of so many bytes durable, in a file whose room was made
 * before: as the store's log has it, and quicker than where each sync makes a new length durable.
 */
export function measureDisk(directory: string, groupBytes: number, groups: number): number {
  const path = join(directory, 'disk-floor');
  const bytes = Buffer.alloc(groupBytes, 0x5a);
  const file = openSync(path, 'w');
  writeSync(file, Buffer.alloc(groupBytes * groups));
  fdatasyncSync(file);
  const from = process.hrtime.bigint();
  for (let group = 0; group < groups; group += 1) {
    writeSync(file, bytes, 0, groupBytes, group * groupBytes);
    fdatasyncSync(file);
  }
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  closeSync(file);
  unlinkSync(path);
  return seconds / groups;
}
