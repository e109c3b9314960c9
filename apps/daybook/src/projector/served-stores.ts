import { readRunRecord } from '../composition/run-record.js';
import { DaybookStartError } from '../composition/start-error.js';
import type { StoreAddresses } from '../composition/stores.js';
import type { Configuration } from '../configuration/configuration.js';
import { isDataDirectory, openDataDirectory } from '../data-directory/index.js';

/** The stores a projector works on, and who runs them. */
export interface ServedStores extends StoreAddresses {
  /** The data directory whose Daybook runs at least one of them; undefined where both are configured. */
  readonly servedFrom: string | undefined;
  /** Those whose addresses the Daybook told; the others are configured, and stay where they are. */
  readonly told: readonly (keyof StoreAddresses)[];
}

/**
 * The configured stores; one that is not configured is the one of the Daybook that serves the data
 * directory. Nothing is started here.
 *
 * @throws DaybookStartError `nothing_served` where a store is missing and no Daybook runs there
 */
export async function servedStores(configuration: Configuration): Promise<ServedStores> {
  const { eventStoreUrl, databaseUrl, dataDirectory } = configuration;
  if (eventStoreUrl !== undefined && databaseUrl !== undefined) {
    return { eventStoreUrl, databaseUrl, servedFrom: undefined, told: [] };
  }
  const running = await addressesOf(dataDirectory);
  if (running === undefined) {
    throw new DaybookStartError(
      'nothing_served',
      `No Daybook serves ${dataDirectory}, so there are no stores to work on. Begin "daybook serve" ` +
        'on it first, or set both EVENTSTORE_URL and DATABASE_URL.',
    );
  }
  return {
    eventStoreUrl: eventStoreUrl ?? running.eventStoreUrl,
    databaseUrl: databaseUrl ?? running.databaseUrl,
    servedFrom: dataDirectory,
    told: [
      ...(eventStoreUrl === undefined ? (['eventStoreUrl'] as const) : []),
      ...(databaseUrl === undefined ? (['databaseUrl'] as const) : []),
    ],
  };
}

/** Whether a store lies elsewhere now of which the Daybook told where it is. */
export function hasMoved(stores: ServedStores, now: StoreAddresses): boolean {
  return stores.told.some((store) => now[store] !== stores[store]);
}

/** Where the stores of a data directory are now; undefined where no Daybook runs on it. */
export async function addressesOf(dataDirectory: string): Promise<StoreAddresses | undefined> {
  if (!isDataDirectory(dataDirectory)) return undefined;
  const directory = await openDataDirectory(dataDirectory);
  if (directory.outcome === 'refused') return readRunRecord(dataDirectory);
  await directory.release();
  return undefined;
}
