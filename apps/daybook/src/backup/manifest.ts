import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalDigest } from '#kernel';
import { type BackupFile, synchroniseFolder } from './backup-files.js';
import { BackupRefused } from './refusal.js';

/** The layout of backups that this release writes and reads. */
const backupFormatVersion = 1;
const manifestFile = 'manifest.json';

/** A kept table in a backup: CSV with a header, as PostgreSQL's COPY writes it. */
export interface BackedUpTable extends BackupFile {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export interface BackedUpEventStore {
  /** Events of the store, those of other applications included. */
  readonly events: number;
  readonly bytes: number;
  /** Where its last event lies; null where it holds none. */
  readonly lastPosition: number | null;
  readonly files: readonly BackupFile[];
}

/** What a backup says of itself. Written last: a folder without it is no backup. */
export interface BackupManifest {
  readonly backupFormatVersion: number;
  /** UTC; everything acknowledged before is in it. */
  readonly takenAt: string;
  readonly release: string;
  readonly dataDirectoryFormatVersion: number;
  readonly ledgerId: string;
  readonly storeId: string;
  /** How many ledger events it holds; the sequence of the next one. Null where others back the event store up. */
  readonly ledgerEvents: number | null;
  /** Null where EVENTSTORE_URL names it, and its operators back it up. */
  readonly eventStore: BackedUpEventStore | null;
  readonly kept: {
    /** The migrations under which the tables were written, oldest first. */
    readonly migrations: readonly string[];
    readonly tables: readonly BackedUpTable[];
  };
  readonly keys: {
    /** Empty where the backup was taken without keys. */
    readonly files: readonly BackupFile[];
    /** Where the Daybook read its key file; a restore without keys needs the same file. */
    readonly expectedIn: string;
  };
}

/** The files a manifest vouches for. */
export function filesOf({ eventStore, kept, keys }: BackupManifest): readonly BackupFile[] {
  return [...(eventStore?.files ?? []), ...kept.tables, ...keys.files];
}

/** Completes a backup, in one step: the manifest is there whole or not at all. */
export async function writeManifest(directory: string, manifest: BackupManifest): Promise<void> {
  const unfinished = join(directory, `${manifestFile}-unfinished`);
  const text = JSON.stringify({ ...manifest, digest: canonicalDigest(manifest) }, null, 2);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await synchroniseFolder(directory);
  await rename(unfinished, join(directory, manifestFile));
  await synchroniseFolder(directory);
}

/** What every manifest begins with. */
export function newManifest(parts: Omit<BackupManifest, 'backupFormatVersion'>): BackupManifest {
  return { backupFormatVersion, ...parts };
}

/**
 * Reads the manifest of a backup.
 *
 * @throws BackupRefused where there is none, it was changed, or a later release wrote it
 */
export async function readManifest(directory: string): Promise<BackupManifest> {
  const path = join(directory, manifestFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new BackupRefused(
      'not_a_backup',
      `${path} is not there: ${directory} is no backup, or one that was broken off. ` +
        'Name the folder of a whole backup.',
    );
  }
  const { digest, ...manifest } = parse(path, text);
  if (manifest.backupFormatVersion !== backupFormatVersion) {
    throw new BackupRefused(
      'backup_newer',
      `${path} is of format ${manifest.backupFormatVersion}, and this release reads format ` +
        `${backupFormatVersion}. Restore with the release that took it (${manifest.release}).`,
    );
  }
  const isWhole = canonicalDigest(manifest) === digest;
  if (!isWhole || !filesOf(manifest).every((file) => isInside(file.path))) throw damaged(path);
  return manifest;
}

/** A restore writes where a path says, so none may lead out of the folders of a backup. */
function isInside(path: string): boolean {
  const [folder = '', ...names] = path.split('/');
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..');
  return ['eventstore', 'kept', 'keys'].includes(folder) && names.length > 0 && isPlain;
}

function parse(path: string, text: string): BackupManifest & { readonly digest: unknown } {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null) {
      return manifest as BackupManifest & { readonly digest: unknown };
    }
  } catch {
    throw damaged(path);
  }
  throw damaged(path);
}

function damaged(path: string): BackupRefused {
  return new BackupRefused(
    'backup_damaged',
    `${path} is not as it was written. Take another backup; nothing was restored.`,
  );
}
