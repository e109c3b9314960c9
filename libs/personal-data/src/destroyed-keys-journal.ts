import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './key-file.js';

const keyIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The ids of all keys of subjects that were ever to be destroyed, in a file outside of both stores: whatever older state of them is restored, the keys are destroyed again.
 * The ids are random and tell of nobody.
 */
export class DestroyedKeysJournal {
  constructor(readonly path: string) {}

  /** Durable when it returns; written before the keys are destroyed. */
  async add(keyIds: readonly string[]): Promise<void> {
    if (keyIds.length === 0) return;
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.appendFile(keyIds.map((keyId) => `\n${keyId}`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(this.path));
  }

  /** A line that a crash cut off is passed over: its key was not destroyed yet. */
  async keyIds(): Promise<readonly string[]> {
    try {
      const lines = (await readFile(this.path, 'utf8')).split('\n');
      return [...new Set(lines.filter((line) => keyIdPattern.test(line)))];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
