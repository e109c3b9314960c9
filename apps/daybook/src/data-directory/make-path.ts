import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './system-error.js';

/**
 * Makes a folder and those above it that are missing. Node's own recursive way never ends where a
 * folder that is there refuses one in it with ENOENT, as those of `/proc` do.
 *
 * @param path absolute
 * @returns the uppermost folder it made; undefined where it made none
 */
export async function makePath(path: string, mode = 0o777): Promise<string | undefined> {
  try {
    return await makeFolder(path, mode);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  const above = await makePath(dirname(path), mode);
  // Once more only: where it is refused now, the folder above is there and takes none.
  const made = await makeFolder(path, mode);
  return above ?? made;
}

/** Makes one folder, unless it is there or another makes it first. */
async function makeFolder(path: string, mode: number): Promise<string | undefined> {
  try {
    await mkdir(path, { mode });
    return path;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    throw error;
  }
}
