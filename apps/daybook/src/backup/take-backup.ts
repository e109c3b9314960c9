import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { formatVersion, makePath } from '../data-directory/index.js';
import type { EventStoreBackup } from '../http/backups/event-store-backups.js';
import { type BackupFile, digestFile, filesBelow, synchroniseFolder } from './backup-files.js';
import { exportKept } from './kept-export.js';
import { checkGenerations, copyKeys } from './key-files.js';
import { type BackupManifest, newManifest, writeManifest } from './manifest.js';
import { BackupRefused } from './refusal.js';

/** What a backup is taken of. */
export interface BackupSource {
  readonly dataDirectory: string;
  readonly databaseUrl: string;
  readonly release: string;
  /** Writes a consistent prefix of the event store; absent where others back it up. */
  readonly backUpEventStore?: (toDirectory: string) => Promise<EventStoreBackup>;
  /** How many ledger events lie up to a position of the store. */
  readonly countLedgerEvents: (lastPosition: number) => Promise<number>;
  readonly keysDirectory: string;
  readonly withKeys: boolean;
  /** Where the key file is when it does not lie in the data directory. */
  readonly keyFile?: string;
}

/**
 * Backs the pair up: the event store first, then what is kept, so that a kept delivery may miss its
 * event (its sender's repeat appends it again under the same id) and never an event its evidence.
 * The manifest comes last: what is broken off before is no backup.
 *
 * @param target absolute or relative; absent or empty, and not in the data directory
 * @throws BackupRefused where the target is not fit, there is no ledger, or its key is being replaced
 */
export async function takeBackup(source: BackupSource, target: string): Promise<BackupManifest> {
  const directory = await prepareTarget(source.dataDirectory, target);
  const takenAt = new Date().toISOString();
  const stored = await source.backUpEventStore?.(join(directory, 'eventstore'));
  const kept = await exportKept(source.databaseUrl, directory);
  const { ledgerId, storeId, migrations, tables } = kept;
  const keys = source.withKeys ? await copyKeys(source, directory) : [];
  await checkGenerations(kept.keyGenerations, directory, keys);
  const manifest = newManifest({
    takenAt,
    release: source.release,
    dataDirectoryFormatVersion: formatVersion,
    ledgerId,
    storeId,
    ledgerEvents: await ledgerEventsOf(source, stored),
    eventStore: stored === undefined ? null : await describeEventStore(directory, stored),
    kept: { migrations, tables },
    keys: { files: keys, expectedIn: source.keyFile ?? 'keys/ of the data directory' },
  });
  for (const folder of ['eventstore', 'kept', 'keys']) {
    await synchroniseFolder(join(directory, folder)).catch(ignoreAbsent);
  }
  await writeManifest(directory, manifest);
  return manifest;
}

async function prepareTarget(dataDirectory: string, target: string): Promise<string> {
  const directory = await usable(target, () => realPathOf(resolve(target)));
  if (!relative(await realpath(dataDirectory), directory).startsWith('..')) {
    throw new BackupRefused(
      'target_in_data_directory',
      `${directory} lies in the data directory it is to protect. Name a folder elsewhere, best on another disk.`,
    );
  }
  await usable(directory, () => makePath(directory, 0o700));
  if ((await usable(directory, () => readdir(directory))).length === 0) return directory;
  throw new BackupRefused(
    'target_not_empty',
    `${directory} is not empty. Name a folder that is empty or absent; nothing was changed.`,
  );
}

/** Does something with the target; what the system refuses there is for who named it to mend. */
async function usable<Done>(target: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    throw new BackupRefused(
      'target_unusable',
      `${target} cannot be used as a folder: ${(error as Error).message}. Name a folder that is empty or absent.`,
    );
  }
}

/** A path without symbolic links; of a folder that is absent, as far as it exists. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    ignoreAbsent(error);
    return join(await realPathOf(dirname(path)), basename(path));
  }
}

async function ledgerEventsOf(
  { countLedgerEvents }: BackupSource,
  stored: EventStoreBackup | undefined,
): Promise<number | null> {
  if (stored === undefined) return null;
  return stored.lastPosition === undefined ? 0 : countLedgerEvents(stored.lastPosition);
}

/** Read back from the disk, so that what the manifest vouches for was readable once. */
async function describeEventStore(
  directory: string,
  {
    events,
    bytes,
    lastPosition = null,
  }: { events: number; bytes: number; lastPosition?: number | null | undefined },
): Promise<BackupManifest['eventStore']> {
  const files: BackupFile[] = [];
  for (const path of await filesBelow(directory, 'eventstore')) {
    files.push(await digestFile(directory, path));
  }
  return { events, bytes, lastPosition, files };
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
