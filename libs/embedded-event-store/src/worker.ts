import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { RunningEventStore } from './embedded-event-store.js';
import { startEmbeddedEventStore } from './start.js';
import type { OwnerMessage, WorkerMessage, WorkerStart } from './worker-messages.js';

/* The entry of the node's own thread, started by `startEmbeddedEventStoreWorker`. */

async function run(owner: MessagePort, start: WorkerStart): Promise<void> {
  const say = (message: WorkerMessage): void => owner.postMessage(message);
  let store: RunningEventStore;
  try {
    store = await startEmbeddedEventStore({
      ...start,
      onFailure: (error) => say({ kind: 'failed', error }),
      onNotice: (notice) => say({ kind: 'notice', notice }),
      onRefusedAttempt: (attempt) => say({ kind: 'attempt_refused', attempt }),
    });
  } catch (error) {
    say({ kind: 'start_failed', error: toError(error) });
    return;
  }
  owner.on('message', (message: OwnerMessage) => {
    if (message.kind === 'stop') void stop(owner, store, say);
    else void backUp(store, message, say);
  });
  say({ kind: 'started', port: store.port, connectionString: store.connectionString });
}

async function backUp(
  store: RunningEventStore,
  { number, toDirectory }: Extract<OwnerMessage, { kind: 'backup' }>,
  say: (message: WorkerMessage) => void,
): Promise<void> {
  try {
    say({ kind: 'backed_up', number, backup: await store.backup(toDirectory) });
  } catch (error) {
    say({ kind: 'backup_failed', number, error: toError(error) });
  }
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

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

if (parentPort === null) throw new Error('worker.js runs as a worker thread alone');
await run(parentPort, workerData as WorkerStart);
