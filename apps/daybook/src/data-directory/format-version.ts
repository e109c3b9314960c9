import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** The layout of the data directory that this program reads and writes. */
export const formatVersion = 1;

const formatFile = 'format-version';

/** Lies in a data directory that is being restored, until it is whole. */
export const unfinishedFile = 'restore-unfinished';

/** What a new data directory may hold: the lock of a racing starter, and a disk's own folder. */
const ignoredEntries: ReadonlySet<string> = new Set(['lock', 'lost+found']);

export type FormatState =
  | { readonly state: 'new' }
  | { readonly state: 'current' }
  | { readonly state: 'unknown'; readonly message: string };

/** Whether a folder was made a data directory of Daybook, by this release or another one. */
export function isDataDirectory(path: string): boolean {
  return existsSync(join(path, formatFile));
}

/** Judges a folder by its format-version file, without changing it. */
export async function readFormat(directory: string): Promise<FormatState> {
  const entries = await readdir(directory);
  if (entries.includes(unfinishedFile)) {
    return {
      state: 'unknown',
      message: `${directory} holds a restore that was broken off. Delete the folder and restore again.`,
    };
  }
  if (!entries.includes(formatFile)) {
    const foreign = entries.filter((entry) => !ignoredEntries.has(entry));
    if (foreign.length === 0) return { state: 'new' };
    return {
      state: 'unknown',
      message:
        `${directory} has no ${formatFile} file but holds other things (${foreign[0]}), ` +
        `so it is no data directory of Daybook. Choose an empty folder, or restore the file.`,
    };
  }
  const text = (await readFile(join(directory, formatFile), 'utf8')).trim();
  if (text === String(formatVersion)) return { state: 'current' };
  const found = JSON.stringify(text.slice(0, 40));
  return {
    state: 'unknown',
    message:
      `${join(directory, formatFile)} says ${found}, but this release reads format ` +
      `${formatVersion} only. Start the release that wrote it, or restore a backup of ` +
      `format ${formatVersion} into an empty folder.`,
  };
}

/**
 * Marks a new data directory, under its lock. The mark is written beside and renamed, so that it
 * is either whole or absent.
 */
export async function writeFormat(directory: string): Promise<void> {
  const unfinished = join(directory, 'lock', `${formatFile}-unfinished`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${formatVersion}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(directory, formatFile));
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
