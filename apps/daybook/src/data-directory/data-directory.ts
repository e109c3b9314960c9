import { chmod, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { acquireLock } from './directory-lock.js';
import { readFormat, writeFormat } from './format-version.js';
import { makePath } from './make-path.js';
import { systemErrorCode } from './system-error.js';

/** The folders of a data directory, and the lock on it. */
export interface LockedFolders {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly eventStoreDirectory: string;
  readonly postgresDirectory: string;
  readonly keysDirectory: string;
  /** Gives the lock back. May be repeated. */
  release(): Promise<void>;
}

export interface OpenedDataDirectory extends LockedFolders {
  readonly outcome: 'opened';
}

export interface RefusedDataDirectory {
  readonly outcome: 'refused';
  readonly code:
    | 'data_directory_locked'
    | 'data_directory_format_unknown'
    | 'data_directory_unwritable'
    | 'data_directory_not_empty';
  readonly message: string;
}

type DataDirectory = OpenedDataDirectory | RefusedDataDirectory;

/**
 * Opens the folder that holds everything a ledger keeps on this machine, makes it when absent,
 * and locks it: one process at a time works on it.
 *
 * Only its owner may read it. Made by root it may also be entered (mode 0711), because PostgreSQL
 * refuses to run as root and its user must reach `postgres/`; so may the parents made with it.
 * Every folder in it is 0700.
 *
 * @param path absolute, or relative to the working directory
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const requested = resolve(path);
  try {
    await makeDirectory(requested);
    return await openExisting(await realpath(requested));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    return {
      outcome: 'refused',
      code: 'data_directory_unwritable',
      message:
        `The data directory ${requested} cannot be used: ${error.message}. ` +
        `Choose a folder that this user may write, on a disk with free space.`,
    };
  }
}

export async function makeDirectory(path: string): Promise<void> {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const made = await makePath(path, mode);
  // Said again, because the process's file mode mask applies to what is made.
  if (made !== undefined) await chmod(path, mode);
}

async function openExisting(path: string): Promise<DataDirectory> {
  // Judged before the lock is taken, because a folder that is not ours is left untouched.
  const judged = await readFormat(path);
  if (judged.state === 'unknown') return formatUnknown(judged.message);
  const lock = await acquireLock(join(path, 'lock'));
  if (lock.outcome === 'held') {
    return { outcome: 'refused', code: 'data_directory_locked', message: lock.message };
  }
  let released: Promise<void> | undefined;
  const release = () => (released ??= lock.release());
  try {
    // Judged again, because another process may have opened and left it meanwhile.
    const format = await readFormat(path);
    if (format.state === 'unknown') {
      await release();
      return formatUnknown(format.message);
    }
    if (format.state === 'new') await writeFormat(path);
    return { outcome: 'opened', path, ...(await makeFolders(path)), release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Makes the folders of a data directory where they are missing. */
export async function makeFolders(
  path: string,
): Promise<Pick<LockedFolders, 'eventStoreDirectory' | 'postgresDirectory' | 'keysDirectory'>> {
  return {
    eventStoreDirectory: await makeFolder(path, 'eventstore'),
    postgresDirectory: await makeFolder(path, 'postgres'),
    keysDirectory: await makeFolder(path, 'keys'),
  };
}

async function makeFolder(directory: string, name: string): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function formatUnknown(message: string): RefusedDataDirectory {
  return { outcome: 'refused', code: 'data_directory_format_unknown', message };
}
