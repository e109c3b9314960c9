import type { Configuration } from '../configuration/configuration.js';
import { isDataDirectory, openDataDirectory } from '../data-directory/index.js';
import type { Closing } from './closing.js';
import { readRunRecord, type RunRecord } from './run-record.js';
import { DaybookStartError } from './start-error.js';
import { openStores, type OpenedStores } from './stores.js';

/** The stores of a data directory, and the Daybook that runs on it where one does. */
export interface FoundStores extends OpenedStores {
  readonly running?: RunRecord;
}

/**
 * The stores of the Daybook that runs on the data directory, or else started ones, which end with
 * `closing`.
 *
 * @throws DaybookStartError with `codeOfNothing` where there is no data directory
 */
export async function findStores(
  configuration: Configuration,
  closing: Closing,
  codeOfNothing: 'nothing_to_verify' | 'nothing_to_back_up',
): Promise<FoundStores> {
  const { dataDirectory } = configuration;
  if (!isDataDirectory(dataDirectory)) {
    throw new DaybookStartError(
      codeOfNothing,
      `${dataDirectory} is no data directory of Daybook: there is nothing to work on.`,
    );
  }
  const directory = await openDataDirectory(dataDirectory);
  if (directory.outcome === 'opened') {
    closing.add('The lock of the data directory', () => directory.release());
    return openStores(configuration, directory, closing, () => undefined);
  }
  const running =
    directory.code === 'data_directory_locked' ? await readRunRecord(dataDirectory) : undefined;
  if (running !== undefined) return { addresses: running, running };
  throw new DaybookStartError(directory.code, directory.message);
}
