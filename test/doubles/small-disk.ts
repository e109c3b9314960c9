import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);
const ballastFile = 'ballast';

/** A real filesystem of a few megabytes, part of which is taken by a file that can be let go. */
export interface SmallDisk {
  /** Makes room, as an operator does who removes what is in the way. */
  removeBallast(): Promise<void>;
}

/**
 * Mounts a filesystem in memory on a folder until the test is over; undefined where this user may not
 * mount, or the system knows no such filesystem.
 */
export async function mountSmallDisk(
  folder: string,
  { bytes, ballastBytes }: { readonly bytes: number; readonly ballastBytes: number },
): Promise<SmallDisk | undefined> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'tmpfs', folder]);
  } catch {
    return undefined;
  }
  onTestFinished(async () => {
    await run('umount', ['-l', folder]);
  });
  const ballast = join(folder, ballastFile);
  await writeFile(ballast, Buffer.alloc(ballastBytes));
  return { removeBallast: () => rm(ballast) };
}
