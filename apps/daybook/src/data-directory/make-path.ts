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
    await mkdir(path, { mode });
    return path;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    const parent = dirname(path);
    if (code !== 'ENOENT' || (await exists(parent))) throw error;
    const above = await makePath(parent, mode);
    // Asked for anew, since another process may have made it meanwhile.
    const made = await makePath(path, mode);
    return above ?? made;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return false;
  }
}
