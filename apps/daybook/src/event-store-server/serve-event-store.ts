import {
  startEmbeddedEventStore,
  startEventStoreInMemory,
  type RunningEventStore,
  type SecuredBy,
} from '#embedded-event-store';
import { Closing } from '../composition/closing.js';
import { checkPort } from '../composition/free-port.js';
import { starting } from '../composition/start-error.js';
import { createLogger } from '../logging/logger.js';
import { TerminationSignals } from '../termination-signals.js';
import { whenParentEnds } from './parent-watch.js';
import { lockStore } from './store-lock.js';

export interface EventStoreServerOptions {
  /** On 127.0.0.1; 0 asks for any free one. */
  readonly port: number;
  /** Where the log is kept; in memory alone where it is left out. */
  readonly directory?: string;
  /** Insecure where it is left out. */
  readonly secured?: SecuredBy;
  /** Called once the store accepts connections. */
  readonly onListening: (port: number) => void;
}

/** The exit code of a process whose store could not go on. */
const failureExitCode = 3;

/**
 * Runs the event store alone until SIGINT or SIGTERM, or until the process's parent has ended. What was
 * accepted is answered first. A failure of the disk is logged and ends the process with a code that is
 * not zero.
 *
 * @throws DaybookStartError with a code and a message that says what to do; nothing is left running
 */
export async function serveEventStore(options: EventStoreServerOptions): Promise<void> {
  const logger = createLogger('warn');
  const closing = new Closing(logger);
  const signals = new TerminationSignals();
  const parentEnded = new Promise<void>((resolve) => whenParentEnds(resolve));
  let onFailure: (error: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    onFailure = resolve;
  });
  try {
    const store = await openStore(options, closing, onFailure, (message) => logger.warn(message));
    options.onListening(store.port);
    const end = await Promise.race([signals.received, parentEnded, failed]);
    if (end instanceof Error) {
      logger.fatal({ err: end }, `The event store cannot go on: ${end.message}`);
      await closing.close();
      process.exit(failureExitCode);
    }
  } finally {
    await closing.close();
    signals.ignore();
  }
}

async function openStore(
  { port, directory: path, secured }: EventStoreServerOptions,
  closing: Closing,
  onFailure: (error: Error) => void,
  onWarning: (message: string) => void,
): Promise<RunningEventStore> {
  return starting('The event store does not start', async () => {
    // What serves would otherwise write a line of its own about it, beside ours.
    await checkPort(port, '127.0.0.1');
    const options = {
      port,
      onFailure,
      onNotice: ({ message }: { readonly message: string }) => onWarning(message),
      ...(secured === undefined ? {} : { secured }),
    };
    if (path === undefined) return closingWith(closing, await startEventStoreInMemory(options));
    const { directory, ...lock } = await lockStore(path);
    closing.add('The lock of the event store', () => lock.release());
    return closingWith(closing, await startEmbeddedEventStore({ ...options, directory }));
  });
}

function closingWith(closing: Closing, store: RunningEventStore): RunningEventStore {
  closing.add('The event store', () => store.stop());
  return store;
}
