import type { Configuration } from '../configuration/configuration.js';
import {
  isDataDirectory,
  openDataDirectory,
  type OpenedDataDirectory,
} from '../data-directory/index.js';
import type { Closing } from './closing.js';
import { readRunRecord, type RunRecord } from './run-record.js';
import { DaybookStartError } from './start-error.js';
import { openEmbeddedEventStore, openStores, type OpenedStores } from './stores.js';

/** The stores of a data directory, and the Daybook that runs on it where one does. */
export interface FoundStores extends OpenedStores {
  readonly running?: RunRecord;
}

type NothingThere = 'nothing_to_verify' | 'nothing_to_back_up';

/**
 * The stores of the Daybook that runs on the data directory, or else started ones, which end with
 * `closing`.
 *
 * @throws DaybookStartError with `codeOfNothing` where there is no data directory
 */
export async function findStores(
  configuration: Configuration,
  closing: Closing,
  codeOfNothing: NothingThere,
): Promise<FoundStores> {
  const found = await lockOrFind(configuration, closing, codeOfNothing);
  return 'running' in found
    ? { addresses: found.running, running: found.running }
    : openStores(configuration, found.directory, closing, ignoreFailure);
}

/** As `findStores`, for a command that needs no database: the address of the event store alone. */
export async function findEventStore(
  configuration: Configuration,
  closing: Closing,
): Promise<string> {
  const found = await lockOrFind(configuration, closing, 'nothing_to_back_up');
  if ('running' in found) return found.running.eventStoreUrl;
  if (configuration.eventStoreUrl !== undefined) return configuration.eventStoreUrl;
  const store = await openEmbeddedEventStore(found.directory, closing, ignoreFailure);
  return store.connectionString;
}

async function lockOrFind(
  { dataDirectory }: Configuration,
  closing: Closing,
  codeOfNothing: NothingThere,
): Promise<{ readonly running: RunRecord } | { readonly directory: OpenedDataDirectory }> {
  if (!isDataDirectory(dataDirectory)) {
    throw new DaybookStartError(
      codeOfNothing,
      `${dataDirectory} is no data directory of Daybook: there is nothing to work on.`,
    );
  }
  const directory = await openDataDirectory(dataDirectory);
  if (directory.outcome === 'opened') {
    closing.add('The lock of the data directory', () => directory.release());
    return { directory };
  }
  const running =
    directory.code === 'data_directory_locked' ? await readRunRecord(dataDirectory) : undefined;
  if (running !== undefined) return { running };
  throw new DaybookStartError(directory.code, directory.message);
}

/** A store that fails meanwhile is noticed by the next thing it is asked. */
function ignoreFailure(): void {
  return;
}
