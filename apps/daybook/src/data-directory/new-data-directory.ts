import { readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type LockedFolders,
  makeDirectory,
  makeFolders,
  type RefusedDataDirectory,
} from './data-directory.js';
import { acquireLock } from './directory-lock.js';
import { readFormat, unfinishedFile, writeFormat } from './format-version.js';

/** A data directory that is being filled; nobody opens it before it is completed. */
export interface DataDirectoryInTheMaking extends LockedFolders {
  readonly outcome: 'begun';
  /** Makes it a data directory, in one step. */
  complete(): Promise<void>;
  /** Removes what was put into it. */
  abandon(): Promise<void>;
}

/**
 * Begins a data directory in an empty or absent folder, under its lock. Until it is completed a
 * file in it says that it is unfinished, so that a process that ends in the middle leaves nothing
 * that is taken for a ledger.
 */
export async function beginDataDirectory(
  path: string,
): Promise<DataDirectoryInTheMaking | RefusedDataDirectory> {
  await makeDirectory(resolve(path));
  const directory = await realpath(resolve(path));
  const judged = await readFormat(directory);
  if (judged.state !== 'new') return notEmpty(directory);
  const lock = await acquireLock(join(directory, 'lock'));
  if (lock.outcome === 'held') {
    return { outcome: 'refused', code: 'data_directory_locked', message: lock.message };
  }
  // Judged again, because another process may have opened and left it meanwhile.
  if ((await readFormat(directory)).state !== 'new') {
    await lock.release();
    return notEmpty(directory);
  }
  const mark = join(directory, unfinishedFile);
  await writeFile(mark, '', { mode: 0o600, flush: true });
  const folders = await makeFolders(directory);
  return {
    outcome: 'begun',
    path: directory,
    ...folders,
    release: () => lock.release(),
    complete: async () => {
      await writeFormat(directory);
      await rm(mark);
    },
    abandon: () => removeContent(directory),
  };
}

/** The mark goes last, so that a removal that is broken off is still seen as unfinished. */
async function removeContent(directory: string): Promise<void> {
  for (const entry of await readdir(directory)) {
    if (entry === 'lock' || entry === unfinishedFile) continue;
    await rm(join(directory, entry), { recursive: true, force: true, maxRetries: 10 });
  }
  await rm(join(directory, unfinishedFile), { force: true });
}

function notEmpty(directory: string): RefusedDataDirectory {
  return {
    outcome: 'refused',
    code: 'data_directory_not_empty',
    message: `${directory} is not empty. Name a folder that is empty or absent; nothing was changed.`,
  };
}
