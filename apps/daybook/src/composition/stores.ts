import { startEmbeddedEventStoreWorker } from '#embedded-event-store';
import { startEmbeddedPostgres } from '#embedded-postgres';
import type { Configuration } from '../configuration/configuration.js';
import type { OpenedDataDirectory } from '../data-directory/index.js';
import type { Closing } from './closing.js';
import { starting } from './start-error.js';

/** Where the two stores are; both strings may hold passwords. */
export interface StoreAddresses {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
}

/**
 * The stores that are configured, or else the embedded ones on the data directory. From here on
 * nothing knows which of them it is.
 */
export async function openStores(
  configuration: Configuration,
  directory: OpenedDataDirectory,
  closing: Closing,
  onFailure: (error: Error) => void,
): Promise<StoreAddresses> {
  const databaseUrl =
    configuration.databaseUrl ??
    (await starting('The embedded PostgreSQL does not start', async () => {
      const server = await startEmbeddedPostgres({
        directory: directory.postgresDirectory,
        onFailure,
      });
      closing.add('The embedded PostgreSQL', () => server.stop());
      return server.connectionString;
    }));
  const eventStoreUrl =
    configuration.eventStoreUrl ??
    (await starting('The embedded event store does not start', async () => {
      const store = await startEmbeddedEventStoreWorker({
        directory: directory.eventStoreDirectory,
        onFailure,
      });
      closing.add('The embedded event store', () => store.stop());
      return store.connectionString;
    }));
  return { eventStoreUrl, databaseUrl };
}
