import { Worker } from 'node:worker_threads';
import type { RunningEventStore } from './embedded-event-store.js';
import type { StartOptions } from './start.js';
import { STOP, type WorkerMessage, type WorkerStart } from './worker-messages.js';

/**
 * Starts a node on a folder of this machine, in a thread of its own, so that it neither waits for its
 * clients in this process nor holds them up. Needs the compiled program: the thread's entry is
 * `worker.js` beside this file.
 *
 * `onFailure` is called once, where the disk fails or the thread dies without having been stopped.
 */
export async function startEmbeddedEventStoreWorker(
  options: StartOptions,
): Promise<RunningEventStore> {
  const { onFailure, onRefusedAttempt, ...workerData } = options;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: workerData satisfies WorkerStart,
  });
  const store = new WorkerEventStore(worker, onFailure ?? ignoreReport, onRefusedAttempt);
  return store.started;
}

/** An owner who asked for no report finds out by the first call that is refused. */
function ignoreReport(): void {
  return;
}

class WorkerEventStore {
  /** Resolves once the node listens; rejects where it could not start. */
  readonly started: Promise<RunningEventStore>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #onFailure: ((error: Error) => void) | undefined;

  constructor(
    worker: Worker,
    onFailure: (error: Error) => void,
    onRefusedAttempt: StartOptions['onRefusedAttempt'],
  ) {
    this.#worker = worker;
    this.started = new Promise((resolve, reject) => {
      this.#onFailure = reject;
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'started':
            this.#onFailure = onFailure;
            resolve({
              port: message.port,
              connectionString: message.connectionString,
              stop: () => this.#stop(),
            });
            return;
          case 'start_failed':
          case 'failed':
            this.#fail(message.error);
            return;
          case 'attempt_refused':
            onRefusedAttempt?.(message.attempt);
            return;
          case 'stopped':
            this.#onFailure = undefined;
        }
      });
      worker.once('error', (error) => this.#fail(toError(error)));
    });
    this.#ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#fail(new Error(`the event store's thread ended by itself with code ${code}`));
        resolve();
      });
    });
  }

  async #stop(): Promise<void> {
    this.#worker.postMessage(STOP);
    await this.#ended;
  }

  #fail(error: Error): void {
    const onFailure = this.#onFailure;
    this.#onFailure = undefined;
    onFailure?.(error);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
