import {
  EmbeddedEventStore,
  type EmbeddedEventStoreOptions,
  type RunningEventStore,
} from './embedded-event-store.js';
import { MemoryLogDirectory } from './log/memory-log-directory.js';
import { NodeLogDirectory } from './log/node-log-directory.js';

export interface StartOptions extends Omit<EmbeddedEventStoreOptions, 'directory' | 'now'> {
  /** The folder that holds the log; created where it is missing. */
  readonly directory: string;
}

/** Starts a node on a folder of this machine, in this thread. */
export function startEmbeddedEventStore(options: StartOptions): Promise<RunningEventStore> {
  const { directory, ...rest } = options;
  return EmbeddedEventStore.open({ ...rest, directory: new NodeLogDirectory(directory) });
}

/** Starts a node that keeps everything in memory alone, in this thread; nothing of it outlives the node. */
export function startEventStoreInMemory(
  options: Omit<StartOptions, 'directory'>,
): Promise<RunningEventStore> {
  return EmbeddedEventStore.open({ ...options, directory: new MemoryLogDirectory() });
}
