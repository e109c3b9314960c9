import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { copyDurably, digestFile, filesBelow, synchroniseFolder } from './backup-files.js';
import { keyFileName } from './key-files.js';
import { type BackupManifest, filesOf } from './manifest.js';
import { BackupRefused } from './refusal.js';

/**
 * Reads every file of a backup and compares it with the manifest.
 *
 * @throws BackupRefused `backup_damaged` that names the first file that is missing or differs
 */
export async function verifyBackup(
  directory: string,
  manifest: BackupManifest,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
  for (const expected of filesOf(manifest)) {
    const { path } = expected;
    const found = await digestFile(directory, path).catch((error: NodeJS.ErrnoException) => {
      throw damaged(directory, path, `cannot be read (${error.code ?? error.message})`);
    });
    if (found.bytes !== expected.bytes) {
      throw damaged(directory, path, `has ${found.bytes} bytes, not ${expected.bytes}`);
    }
    if (found.sha256 !== expected.sha256) {
      throw damaged(directory, path, 'is not as it was written');
    }
    onBytes(found.bytes);
  }
}

function damaged(directory: string, path: string, what: string): BackupRefused {
  return new BackupRefused(
    'backup_damaged',
    `${join(directory, path)} ${what}. Restore another backup; nothing was restored.`,
  );
}

/** Copies the event store's files that the manifest names, and no others. */
export async function restoreEventStore(
  directory: string,
  { eventStore }: BackupManifest,
  eventStoreDirectory: string,
): Promise<void> {
  for (const { path } of eventStore?.files ?? []) {
    const inside = path.slice('eventstore/'.length);
    await copyDurably(join(directory, path), join(eventStoreDirectory, inside));
  }
  await synchroniseFolder(eventStoreDirectory);
}

/** The keys that whoever restores brings along. */
interface GivenKeys {
  readonly given: string | undefined;
  /** Whether the key file lies outside the data directory, so that the folder of keys may lack it. */
  readonly isKeyFileElsewhere: boolean;
}

const nameTheKeys = 'Name the key file, or the folder of keys, of the Daybook that was backed up.';

/**
 * Puts key files in their place: those of the backup, or those of a file or folder that is given.
 *
 * @throws BackupRefused `key_file_missing` where what is given is not there, or is a folder without
 *   the key file, though the key file lies nowhere else
 */
export async function restoreKeys(
  directory: string,
  { keys }: BackupManifest,
  keysDirectory: string,
  { given, isKeyFileElsewhere }: GivenKeys,
): Promise<void> {
  const sources = await keySources(directory, keys, given);
  if (
    given !== undefined &&
    !isKeyFileElsewhere &&
    !sources.some(({ name }) => name === keyFileName)
  ) {
    throw new BackupRefused('key_file_missing', `${given} holds no ${keyFileName}. ${nameTheKeys}`);
  }
  for (const { from, name } of sources) {
    await copyDurably(from, join(keysDirectory, name));
  }
  await synchroniseFolder(keysDirectory);
}

async function keySources(
  directory: string,
  keys: BackupManifest['keys'],
  given: string | undefined,
): Promise<readonly { readonly from: string; readonly name: string }[]> {
  if (given === undefined) {
    return keys.files.map(({ path }) => ({
      from: join(directory, path),
      name: path.slice('keys/'.length),
    }));
  }
  const found = await stat(given).catch(() => undefined);
  if (found === undefined) {
    throw new BackupRefused('key_file_missing', `${given} is not there. ${nameTheKeys}`);
  }
  if (!found.isDirectory()) return [{ from: given, name: keyFileName }];
  return (await filesBelow(given, '.')).map((name) => ({ from: join(given, name), name }));
}

/** Why an event store got a new id. */
export type NewStoreReason = 'restored' | 'copied';

/**
 * Names the event store anew: behind its last event another history begins, so position tokens
 * handed out before must not be taken for places in it.
 */
export async function beginNewStore(client: ClientBase, reason: NewStoreReason): Promise<string> {
  const storeId = randomUUID();
  await client.query(
    `UPDATE kept.ledger SET store_id = $1, former_stores = former_stores ||
       jsonb_build_object('storeId', store_id, 'until', now(), 'reason', $2::text)`,
    [storeId, reason],
  );
  return storeId;
}

/** Drops what is derived: it may be ahead of the store, and is built again from the first event. */
export async function dropDerived(client: ClientBase, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) {
    await client.query(`DROP SCHEMA IF EXISTS ${client.escapeIdentifier(schema)} CASCADE`);
  }
}
