import { EmbeddedEventStore, type RunningEventStore } from './embedded-event-store.js';
import { NodeLogDirectory } from './log/node-log-directory.js';

export interface StartOptions {
  /** The folder that holds the log; created where it is missing. */
  readonly directory: string;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Called once where the store fails after it was started. */
  readonly onFailure?: (error: Error) => void;
}

/** Starts a node on a folder of this machine, in this thread. */
export function startEmbeddedEventStore(options: StartOptions): Promise<RunningEventStore> {
  const { directory, ...rest } = options;
  return EmbeddedEventStore.open({ ...rest, directory: new NodeLogDirectory(directory) });
}
