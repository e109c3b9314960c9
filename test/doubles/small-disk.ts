import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mountProgram = 'mount';
const unmountProgram = 'umount';

/** A folder that is a file system of its own, with so little room that it can be filled. */
export interface SmallDisk {
  readonly path: string;
  freeBytes(): Promise<number>;
  /** Takes all room but so many bytes. */
  fill(leavingBytes: number): Promise<void>;
  /** Gives back what `fill` took. */
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * A small file system in memory, mounted by its name in a folder of its own; or undefined where this process may not mount
 * one (root on Linux may).
 */
export function mountSmallDisk(name: string, megabytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'daybook-small-disk-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  chmodSync(folder, 0o711);
  const path = join(folder, name);
  mkdirSync(path);
  const options = `size=${megabytes}m,mode=0700`;
  const { status } = spawnSync(mountProgram, ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  const ballast = join(path, 'ballast');
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  };
  const disk: SmallDisk = {
    path,
    freeBytes,
    fill: async (leavingBytes) =>
      writeFile(ballast, Buffer.alloc(Math.max(0, (await freeBytes()) - leavingBytes))),
    makeRoom: () => rm(ballast, { force: true }),
    remove: async () => {
      spawnSync(unmountProgram, [path]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  if (status === 0) return disk;
  void disk.remove();
  return undefined;
}
