import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { connectEventStore, type EventStore, type Measured } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { KeyRing, PersonalDataVault, PostgresDataKeyStore } from '#personal-data';
import { openRecorder, type Recorder } from '#recording';
import type { OpenedDataDirectory } from '../data-directory/index.js';
import type { Closing } from './closing.js';
import { DaybookStartError, starting } from './start-error.js';

/** The ledger, and all that writes to it. */
export interface OpenedLedger {
  readonly store: EventStore & Measured;
  readonly recorder: Recorder;
  readonly identity: { readonly ledgerId: string; readonly storeId: string };
  readonly ring: KeyRing;
  readonly keyStore: PostgresDataKeyStore;
  readonly vault: PersonalDataVault;
}

/** What the ledger is opened with. */
export interface LedgerParts {
  readonly eventStoreUrl: string;
  readonly pool: Pool;
  readonly directory: Pick<OpenedDataDirectory, 'keysDirectory'>;
  /** Where the key-encryption key lies; in the folder of keys, and made there, where it is left out. */
  readonly keyFile: string | undefined;
  readonly clock: () => string;
  readonly logger: Logger;
}

/** The file in the folder of keys that holds the key-encryption key. */
const keyFileName = 'key-encryption-key';
const whatBelongsTogether =
  'Start with the event store and the database that belong together: check the data directory, ' +
  'EVENTSTORE_URL and DATABASE_URL.';

/**
 * Opens the ledger for writing: the key of personal data, the event store and the recorder.
 *
 * @throws DaybookStartError where the stores or the key are not those of one ledger
 */
export async function openLedger(parts: LedgerParts, closing: Closing): Promise<OpenedLedger> {
  const { pool, clock, logger } = parts;
  const ring = await openKeyRing(parts);
  const keyStore = new PostgresDataKeyStore(pool);
  const vault = new PersonalDataVault(ring, keyStore);
  const store = connectEventStore({
    connectionString: parts.eventStoreUrl,
    report: (notice) => logger.warn({ ...notice }, notice.message),
  });
  closing.add('The connection to the event store', () => store.close());
  const recorder = openRecorder({
    store,
    pool,
    prefix: defaultLedgerPrefix,
    personalData: vault,
    clock,
  });
  const identity = await starting('The ledger cannot be opened', () => recorder.openLedger());
  if (identity.outcome === 'refused') {
    throw new DaybookStartError(identity.code, `${identity.message} ${whatBelongsTogether}`);
  }
  return { store, recorder, identity, ring, keyStore, vault };
}

function openKeyRing({ pool, directory, keyFile }: LedgerParts): Promise<KeyRing> {
  return starting('The key of personal data cannot be read', async () =>
    KeyRing.open(pool, keyFile ?? join(directory.keysDirectory, keyFileName), {
      create: keyFile === undefined && (await mayMakeKey(pool)),
    }),
  );
}

/**
 * A new key is for a new ledger alone: beside data keys that another one wrapped, as after a restore
 * without the key file, it would open none of them and seal everything that comes.
 */
async function mayMakeKey(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('SELECT 1 FROM kept.subject_key LIMIT 1');
  return rows.length === 0;
}
