import { type RunningEventStore, startEmbeddedEventStoreWorker } from '#embedded-event-store';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { defaultLedgerPrefix } from '#kernel';
import type { Configuration } from '../configuration/configuration.js';
import type { LockedFolders } from '../data-directory/index.js';
import type { Closing } from './closing.js';
import { attemptReporter } from './refused-attempts.js';
import { starting } from './start-error.js';

/** Where the two stores are; both strings may hold passwords. */
export interface StoreAddresses {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
}

export interface OpenedStores {
  readonly addresses: StoreAddresses;
  /** Absent where EVENTSTORE_URL names one that others run. */
  readonly embeddedEventStore?: RunningEventStore;
}

/**
 * The stores that are configured, or else the embedded ones on the data directory. From here on
 * nothing knows which of them it is.
 */
export async function openStores(
  configuration: Configuration,
  directory: LockedFolders,
  closing: Closing,
  onFailure: (error: Error) => void,
  onOutage: (message: string) => void = (message) => process.emitWarning(message),
): Promise<OpenedStores> {
  const databaseUrl =
    configuration.databaseUrl ??
    (await openEmbeddedPostgres(directory, closing, onFailure, onOutage));
  if (configuration.eventStoreUrl !== undefined) {
    return { addresses: { eventStoreUrl: configuration.eventStoreUrl, databaseUrl } };
  }
  const embeddedEventStore = await openEmbeddedEventStore(directory, closing, onFailure, onOutage);
  const { connectionString: eventStoreUrl } = embeddedEventStore;
  return { addresses: { eventStoreUrl, databaseUrl }, embeddedEventStore };
}

/** Starts the embedded PostgreSQL and answers where it is. */
export function openEmbeddedPostgres(
  directory: LockedFolders,
  closing: Closing,
  onFailure: (error: Error) => void,
  onOutage: (message: string) => void = () => undefined,
): Promise<string> {
  return starting('The embedded PostgreSQL does not start', async () => {
    const server = await startEmbeddedPostgres({
      directory: directory.postgresDirectory,
      onFailure,
      onOutage,
    });
    closing.add('The embedded PostgreSQL', () => server.stop());
    return server.connectionString;
  });
}

/**
 * Starts the embedded event store in a thread of its own. What it has to report, such as a torn end
 * that was cut off its log, is a warning of the process where nobody else takes it.
 */
export function openEmbeddedEventStore(
  directory: LockedFolders,
  closing: Closing,
  onFailure: (error: Error) => void,
  onNotice: (message: string) => void = (message) => process.emitWarning(message),
): Promise<RunningEventStore> {
  return starting('The embedded event store does not start', async () => {
    const store = await startEmbeddedEventStoreWorker({
      directory: directory.eventStoreDirectory,
      onFailure,
      onNotice: ({ message }) => onNotice(message),
      protectedPrefix: defaultLedgerPrefix,
      onRefusedAttempt: attemptReporter(onNotice),
    });
    closing.add('The embedded event store', () => store.stop());
    return store;
  });
}
