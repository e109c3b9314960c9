import { join } from 'node:path';
import { isKeyDraft, readKeyFile } from '#personal-data';
import { type BackupFile, copyDurably, digestFile, filesBelow } from './backup-files.js';
import { BackupRefused } from './refusal.js';

/** The name of the key file among the key files. */
export const keyFileName = 'key-encryption-key';

export interface KeyFiles {
  readonly keysDirectory: string;
  /** Where the key file is when it does not lie among the others. */
  readonly keyFile?: string;
}

/** Copies everything that lies with the keys, and the key file from wherever it is. */
export async function copyKeys(
  { keysDirectory, keyFile }: KeyFiles,
  directory: string,
): Promise<readonly BackupFile[]> {
  const sources = new Map<string, string>();
  for (const name of await filesBelow(keysDirectory, '.')) {
    if (!isKeyDraft(name)) sources.set(name, join(keysDirectory, name));
  }
  if (keyFile !== undefined) sources.set(keyFileName, keyFile);
  const files: BackupFile[] = [];
  for (const [name, source] of sources) {
    const path = `keys/${name}`;
    await copyDurably(source, join(directory, path));
    files.push(await digestFile(directory, path));
  }
  return files;
}

/**
 * Sees to it that a backup can be opened: while the key-encryption key is replaced, the tables hold
 * keys of two generations, and the file soon holds the newer alone.
 *
 * @throws BackupRefused `key_being_replaced`
 */
export async function checkGenerations(
  needed: readonly number[],
  directory: string,
  keys: readonly BackupFile[],
): Promise<void> {
  const copied = keys.find(({ path }) => path === `keys/${keyFileName}`);
  const isCovered =
    copied === undefined
      ? needed.length <= 1
      : await covers(join(directory, copied.path), new Set(needed));
  if (isCovered) return;
  throw new BackupRefused(
    'key_being_replaced',
    'The key-encryption key was being replaced while the backup was taken, so that not all of it would ' +
      'open. Run daybook keys rotate to its end, then take the backup again into an empty folder.',
  );
}

async function covers(keyFile: string, needed: Set<number>): Promise<boolean> {
  for (const { generation } of await readKeyFile(keyFile, { create: false })) {
    needed.delete(generation);
  }
  return needed.size === 0;
}
