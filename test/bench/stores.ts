import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStoreWorker } from '#embedded-event-store';

/** A durable event store in a folder of its own and a thread of its own. */
export interface TemporaryEventStore {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export async function startTemporaryEventStore(): Promise<TemporaryEventStore> {
  const directory = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  const store = await startEmbeddedEventStoreWorker({ directory });
  return {
    connectionString: store.connectionString,
    async stop() {
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
