import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { RunningEventStore } from './embedded-event-store.js';
import { startEmbeddedEventStore } from './start.js';
import { STOP, type WorkerMessage, type WorkerStart } from './worker-messages.js';

/* The entry of the node's own thread, started by `startEmbeddedEventStoreWorker`. */

async function run(owner: MessagePort, start: WorkerStart): Promise<void> {
  const say = (message: WorkerMessage): void => owner.postMessage(message);
  let store: RunningEventStore;
  try {
    store = await startEmbeddedEventStore({
      ...start,
      onFailure: (error) => say({ kind: 'failed', error }),
      onRefusedAttempt: (attempt) => say({ kind: 'attempt_refused', attempt }),
    });
  } catch (error) {
    say({ kind: 'start_failed', error: error instanceof Error ? error : new Error(String(error)) });
    return;
  }
  owner.once('message', (message: unknown) => {
    if (message !== STOP) throw new Error(`the owner said ${String(message)}, expected ${STOP}`);
    void stop(owner, store, say);
  });
  say({ kind: 'started', port: store.port, connectionString: store.connectionString });
}

async function stop(
  owner: MessagePort,
  store: RunningEventStore,
  say: (message: WorkerMessage) => void,
): Promise<void> {
  await store.stop();
  say({ kind: 'stopped' });
  owner.close();
}

if (parentPort === null) throw new Error('worker.js runs as a worker thread alone');
await run(parentPort, workerData as WorkerStart);
