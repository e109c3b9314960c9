import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreAddresses } from './stores.js';

/** What a running Daybook leaves in its data directory, so that commands find it and its stores. */
export interface RunRecord extends StoreAddresses {
  /** Such as `http://127.0.0.1:2850`. */
  readonly url: string;
  readonly port: number;
  readonly processId: number;
  /** Whoever can read the record may ask for what the API alone gives to nobody, such as a backup. */
  readonly controlToken: string;
}

const fileName = 'run.json';

/** Only its owner may read the record, since connection strings may hold passwords. */
export async function writeRunRecord(dataDirectory: string, record: RunRecord): Promise<void> {
  const path = join(dataDirectory, fileName);
  const unfinished = `${path}-unfinished`;
  await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}

export async function removeRunRecord(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, fileName), { force: true });
}

/**
 * The record, or undefined where there is none. It says nothing of whether its writer still runs:
 * that is what the lock of the data directory tells.
 */
export async function readRunRecord(dataDirectory: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDirectory, fileName), 'utf8')) as RunRecord;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
