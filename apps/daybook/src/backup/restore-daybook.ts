import { join, resolve } from 'node:path';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { daybookGroup } from '#projections';
import { ledgerLeaf } from '#recording';
import { Closing } from '../composition/closing.js';
import { configured } from '../composition/configured.js';
import { readDerivedSchemas } from '../composition/schemas.js';
import { DaybookStartError } from '../composition/start-error.js';
import { openEmbeddedEventStore, openEmbeddedPostgres } from '../composition/stores.js';
import type { Configuration } from '../configuration/configuration.js';
import { beginDataDirectory, type DataDirectoryInTheMaking } from '../data-directory/index.js';
import { createLogger } from '../logging/logger.js';
import { checkKeys } from './check-keys.js';
import { importKept } from './kept-import.js';
import { keyFileName } from './key-files.js';
import { type BackupManifest, filesOf, readManifest } from './manifest.js';
import { inOneTransaction } from './one-transaction.js';
import { BackupRefused } from './refusal.js';
import {
  beginNewStore,
  dropDerived,
  restoreEventStore,
  restoreKeys,
  verifyBackup,
} from './restore-backup.js';

export interface RestoreOptions {
  readonly backup: string;
  /** DAYBOOK_DATA or `.daybook` where it is left out; absent or empty. */
  readonly dataDirectory?: string;
  /** The key file, or the folder of keys, of the Daybook that was backed up without them. */
  readonly keys?: string;
  /** Bytes of the backup that are verified, of how many. */
  readonly onVerifiedBytes?: (verified: number, total: number) => void;
}

/** What was restored, and what is still to be done. */
export interface RestoreReport {
  readonly dataDirectory: string;
  readonly ledgerId: string;
  /** The new one: position tokens from before the restore are refused. */
  readonly storeId: string;
  readonly takenAt: string;
  readonly ledgerEvents: number | null;
  readonly keptRows: number;
  /** Whether key files lie in place; else the Daybook does not start before they do. */
  readonly hasKeys: boolean;
}

/**
 * Restores a backup into a data directory that is absent or empty. Every file is compared with the
 * manifest before anything is written, and the folder is a data directory only once all is in it.
 *
 * @throws DaybookStartError or BackupRefused with a message that says what to do; the data directory
 *   is then empty
 */
export async function restoreDaybook(options: RestoreOptions): Promise<RestoreReport> {
  const configuration = configured(
    options.dataDirectory === undefined ? {} : { data: options.dataDirectory },
  );
  const backup = resolve(options.backup);
  const manifest = await readManifest(backup);
  const total = filesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
  let verified = 0;
  await verifyBackup(backup, manifest, (bytes) => {
    verified += bytes;
    options.onVerifiedBytes?.(verified, total);
  });
  const directory = await beginDataDirectory(configuration.dataDirectory);
  if (directory.outcome === 'refused') {
    throw new DaybookStartError(directory.code, directory.message);
  }
  try {
    const storeId = await fill(directory, configuration, backup, manifest, options.keys);
    await directory.complete();
    return reportOf(directory, manifest, storeId, configuration, options.keys);
  } catch (error) {
    await directory.abandon();
    throw error;
  } finally {
    await directory.release();
  }
}

/** Puts the parts in their places; answers the event store's new id. */
async function fill(
  directory: DataDirectoryInTheMaking,
  configuration: Configuration,
  backup: string,
  manifest: BackupManifest,
  keys: string | undefined,
): Promise<string> {
  await restoreKeys(backup, manifest, directory.keysDirectory, {
    given: keys,
    isKeyFileElsewhere: configuration.keyFile !== undefined,
  });
  await restoreEventStore(backup, manifest, directory.eventStoreDirectory);
  const closing = new Closing(createLogger('warn'));
  const ignoreFailure = (): void => undefined;
  try {
    if (manifest.eventStore !== null) {
      const store = await openEmbeddedEventStore(directory, closing, ignoreFailure);
      await checkLedger(store.connectionString, manifest);
    }
    const databaseUrl =
      configuration.databaseUrl ?? (await openEmbeddedPostgres(directory, closing, ignoreFailure));
    await importKept(databaseUrl, backup, manifest);
    await checkKeys(
      databaseUrl,
      configuration.keyFile ?? join(directory.keysDirectory, keyFileName),
    );
    return await inOneTransaction(databaseUrl, async (client) => {
      const group = daybookGroup(configuration.referenceData);
      await dropDerived(client, await readDerivedSchemas(client, group));
      return beginNewStore(client, 'restored');
    });
  } finally {
    await closing.close();
  }
}

/** The files were as they were written; here the store itself opens and reads what they hold. */
async function checkLedger(
  connectionString: string,
  { ledgerId, eventStore }: BackupManifest,
): Promise<void> {
  const store = connectEventStore({ connectionString, access: 'read' });
  try {
    const first = await store.readStream({
      stream: `${defaultLedgerPrefix}${ledgerLeaf}`,
      fromRevision: 0,
      direction: 'forwards',
      eventsMax: 1,
    });
    const data = first.outcome === 'read' ? first.events[0]?.data : undefined;
    const found = (data as { readonly ledgerId?: unknown } | undefined)?.ledgerId;
    if (found === ledgerId || eventStore?.events === 0) return;
    throw new BackupRefused(
      'backup_damaged',
      `The event store of the backup holds the ledger ${String(found)}, and its manifest names ${ledgerId}. Restore another backup.`,
    );
  } finally {
    await store.close();
  }
}

function reportOf(
  directory: DataDirectoryInTheMaking,
  manifest: BackupManifest,
  storeId: string,
  { keyFile }: Configuration,
  keys: string | undefined,
): RestoreReport {
  const { ledgerId, takenAt, ledgerEvents } = manifest;
  return {
    dataDirectory: directory.path,
    ledgerId,
    storeId,
    takenAt,
    ledgerEvents,
    keptRows: manifest.kept.tables.reduce((sum, { rows }) => sum + rows, 0),
    hasKeys: manifest.keys.files.length > 0 || keys !== undefined || keyFile !== undefined,
  };
}
