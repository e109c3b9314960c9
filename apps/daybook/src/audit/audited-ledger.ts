import type { Pool } from 'pg';
import { type EventStore, type EventStoreReader, connectEventStore } from '#event-store';
import { Closing } from '../composition/closing.js';
import { configured } from '../composition/configured.js';
import { openPool } from '../composition/database-pool.js';
import { findStores } from '../composition/find-stores.js';
import { starting } from '../composition/start-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { createLogger } from '../logging/logger.js';

const connectionsMax = 1;

/** A ledger that a command works on, whether a Daybook runs on it or not. */
export interface AuditedLedger<Store> {
  readonly configuration: Configuration;
  readonly store: Store;
  /** The read models; they name things, and are never believed. */
  readonly pool: Pool;
}

type Connect<Store> = (connectionString: string) => Store;

/** Only one connection of a process appends. */
export const appending: Connect<EventStore> = (connectionString) =>
  connectEventStore({ connectionString });

export const reading: Connect<EventStoreReader> = (connectionString) =>
  connectEventStore({ connectionString, access: 'read' });

/**
 * Opens the stores of a data directory for as long as something takes; those of a running Daybook are
 * used as they are.
 *
 * @throws DaybookStartError where there is no ledger, or its stores cannot be reached
 */
export async function withAuditedLedger<Store extends EventStoreReader, Result>(
  dataDirectory: string,
  connect: Connect<Store>,
  use: (ledger: AuditedLedger<Store>) => Promise<Result>,
): Promise<Result> {
  const configuration = configured({ data: dataDirectory });
  const logger = createLogger('warn');
  const closing = new Closing(logger);
  try {
    const { addresses } = await findStores(configuration, closing, 'nothing_to_verify');
    const store = connect(addresses.eventStoreUrl);
    closing.add('The connection to the event store', () => store.close());
    const pool = openPool(
      { connectionString: addresses.databaseUrl, name: 'daybook audit', connectionsMax },
      logger,
    );
    closing.add('The connection to the database', () => pool.end());
    const ledger = { configuration, store, pool };
    return await starting('The ledger cannot be audited', () => use(ledger));
  } finally {
    await closing.close();
  }
}
