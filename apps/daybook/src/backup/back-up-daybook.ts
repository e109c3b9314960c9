import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { connectEventStore, type EventStoreReader } from '#event-store';
import { comparePositions, defaultLedgerPrefix } from '#kernel';
import { readCheckpoint } from '#projection-engine';
import { daybookGroup } from '#projections';
import { sendRequest } from '../cli/http-request.js';
import { releaseVersion } from '../cli/release-version.js';
import { Closing } from '../composition/closing.js';
import { configured } from '../composition/configured.js';
import { openPool } from '../composition/database-pool.js';
import { type FoundStores, findStores } from '../composition/find-stores.js';
import type { RunRecord } from '../composition/run-record.js';
import { DaybookStartError } from '../composition/start-error.js';
import { hasGenerations } from '../composition/store-standing.js';
import type { Configuration } from '../configuration/configuration.js';
import { controlHeader } from '../http/backups/backups.controller.js';
import type { EventStoreBackup } from '../http/backups/event-store-backups.js';
import { createLogger } from '../logging/logger.js';
import type { BackupManifest } from './manifest.js';
import { type BackupSource, takeBackup } from './take-backup.js';

export interface BackupOptions {
  readonly target: string;
  /** DAYBOOK_DATA or `.daybook` where it is left out. */
  readonly dataDirectory?: string;
  readonly withKeys: boolean;
  /** How many bytes of the event store are written, of how many at the beginning. */
  readonly onEventStoreBytes?: (written: number, total: number) => void;
}

const connectionsMax = 2;
const progressMilliseconds = 200;
/** Long, because the answer comes once a store of any size is written and synchronised. */
const backupMillisecondsMax = 24 * 3_600_000;

/**
 * Backs the ledger up. A Daybook that runs on the data directory goes on meanwhile and is asked for
 * the event store, which it owns; of one that does not run the stores are started for as long.
 *
 * @throws DaybookStartError or BackupRefused with a message that says what to do
 */
export async function backUpDaybook(options: BackupOptions): Promise<BackupManifest> {
  const configuration = configured(
    options.dataDirectory === undefined ? {} : { data: options.dataDirectory },
  );
  const logger = createLogger('warn');
  const closing = new Closing(logger);
  try {
    const found = await findStores(configuration, closing, 'nothing_to_back_up');
    const { eventStoreUrl, databaseUrl } = found.addresses;
    const store = connectEventStore({ connectionString: eventStoreUrl, access: 'read' });
    closing.add('The connection to the event store', () => store.close());
    const pool = openPool(
      { connectionString: databaseUrl, name: 'daybook backup', connectionsMax },
      logger,
    );
    closing.add('The connections to the database', () => pool.end());
    const source = sourceOf(configuration, found, options, { store, pool });
    return await takeBackup(source, options.target);
  } finally {
    await closing.close();
  }
}

function sourceOf(
  configuration: Configuration,
  found: FoundStores,
  { withKeys, onEventStoreBytes }: BackupOptions,
  { store, pool }: { readonly store: EventStoreReader; readonly pool: Pool },
): BackupSource {
  const { dataDirectory, eventStoreUrl, keyFile, referenceData } = configuration;
  const ask = eventStoreUrl === undefined ? askerOf(found) : undefined;
  return {
    dataDirectory,
    databaseUrl: found.addresses.databaseUrl,
    release: releaseVersion(),
    keysDirectory: join(dataDirectory, 'keys'),
    withKeys,
    ...(keyFile === undefined ? {} : { keyFile }),
    countLedgerEvents: (lastPosition) =>
      countLedgerEvents(store, pool, daybookGroup(referenceData).name, BigInt(lastPosition)),
    ...(ask === undefined
      ? {}
      : {
          backUpEventStore: (toDirectory: string) =>
            watched(join(dataDirectory, 'eventstore'), toDirectory, ask, onEventStoreBytes),
        }),
  };
}

type Ask = (toDirectory: string) => Promise<EventStoreBackup>;

function askerOf({ running, embeddedEventStore }: FoundStores): Ask | undefined {
  if (running !== undefined) return (toDirectory) => askRunning(running, toDirectory);
  return embeddedEventStore && ((toDirectory) => embeddedEventStore.backup(toDirectory));
}

/** The running process owns its store, so it writes the copy. */
async function askRunning(
  { url, controlToken }: RunRecord,
  directory: string,
): Promise<EventStoreBackup> {
  const { status, text } = await sendRequest(url, {
    method: 'POST',
    path: '/v1/event-store-backups',
    headers: { 'content-type': 'application/json', [controlHeader]: controlToken },
    body: JSON.stringify({ directory }),
    timeoutMilliseconds: backupMillisecondsMax,
  });
  if (status === 201) return JSON.parse(text) as EventStoreBackup;
  const { code = 'backup_failed', detail = text } = JSON.parse(text) as {
    readonly code?: string;
    readonly detail?: string;
  };
  throw new DaybookStartError(code, `The running Daybook could not back up: ${detail}`);
}

/** Tells from time to time how much of the copy is on the disk. */
async function watched(
  fromDirectory: string,
  toDirectory: string,
  ask: Ask,
  onBytes: (written: number, total: number) => void = () => undefined,
): Promise<EventStoreBackup> {
  const total = await bytesIn(fromDirectory);
  const timer = setInterval(() => {
    void bytesIn(toDirectory).then((written) => onBytes(written, total));
  }, progressMilliseconds);
  try {
    return await ask(toDirectory);
  } finally {
    clearInterval(timer);
  }
}

async function bytesIn(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(directory, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Counts the ledger's events up to a position: those the read models hold where they end before it,
 * and the few behind them; else all of them.
 */
async function countLedgerEvents(
  store: EventStoreReader,
  pool: Pool,
  groupName: string,
  lastPosition: bigint,
): Promise<number> {
  const last = { commit: lastPosition, prepare: lastPosition };
  const checkpoint = (await hasGenerations(pool))
    ? await readCheckpoint(pool, groupName)
    : undefined;
  const isBefore =
    checkpoint?.position !== undefined && comparePositions(checkpoint.position, last) <= 0;
  const after = isBefore && checkpoint.position !== undefined ? checkpoint.position : 'start';
  let count = isBefore ? checkpoint.sequence : 0;
  for await (const event of store.readAll({ streamPrefix: defaultLedgerPrefix, after })) {
    if (comparePositions(event.position, last) > 0) break;
    count += 1;
  }
  return count;
}
