import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { Closing } from '../composition/closing.js';
import { configured } from '../composition/configured.js';
import { findEventStore } from '../composition/find-stores.js';
import { createLogger } from '../logging/logger.js';
import { copyLedger, type CopyReport } from './copy-ledger.js';

export interface CopyOptions {
  /** `esdb://…` of the store that is copied into. */
  readonly to: string;
  /** `esdb://…`; the store of the data directory where it is left out. */
  readonly from?: string;
  readonly dataDirectory?: string;
  readonly onEvents?: (events: number) => void;
}

/**
 * Copies the ledger into another event store. A Daybook that runs on the data directory goes on
 * meanwhile; what it writes behind the copy's end comes with the next copy.
 *
 * @throws DaybookStartError or BackupRefused with a message that says what to do
 */
export async function copyEventStore(options: CopyOptions): Promise<CopyReport> {
  const closing = new Closing(createLogger('warn'));
  try {
    const connectionString = options.from ?? (await findSource(options, closing));
    const source = connectEventStore({ connectionString, access: 'read' });
    closing.add('The connection to the source', () => source.close());
    const target = connectEventStore({ connectionString: options.to });
    closing.add('The connection to the target', () => target.close());
    const { onEvents } = options;
    return await copyLedger({
      source,
      target,
      streamPrefix: defaultLedgerPrefix,
      ...(onEvents === undefined ? {} : { onEvents }),
    });
  } finally {
    await closing.close();
  }
}

function findSource({ dataDirectory }: CopyOptions, closing: Closing): Promise<string> {
  const configuration = configured(dataDirectory === undefined ? {} : { data: dataDirectory });
  return findEventStore(configuration, closing);
}
