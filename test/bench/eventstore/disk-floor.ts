import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds that the disk takes to make a group of so many bytes durable at the end of a file. */
export function measureDisk(directory: string, groupBytes: number, groups: number): number {
  const path = join(directory, 'disk-floor');
  const bytes = Buffer.alloc(groupBytes, 0x5a);
  const file = openSync(path, 'w');
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
