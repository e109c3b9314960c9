import { Worker } from 'node:worker_threads';
import type { RunningEventStore } from './embedded-event-store.js';
import type { StartOptions } from './start.js';
import type { LogBackup } from './log/backup.js';
import type { OwnerMessage, WorkerMessage, WorkerStart } from './worker-messages.js';

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
  const { onFailure, onNotice, onRefusedAttempt, ...workerData } = options;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: workerData satisfies WorkerStart,
  });
  const reports = { onFailure: onFailure ?? ignoreReport, onNotice, onRefusedAttempt };
  const store = new WorkerEventStore(worker, reports);
  return store.started;
}

/** An owner who asked for no report finds out by the first call that is refused. */
function ignoreReport(): void {
  return;
}

interface WaitingBackup {
  readonly resolve: (backup: LogBackup) => void;
  readonly reject: (error: Error) => void;
}

class WorkerEventStore {
  /** Resolves once the node listens; rejects where it could not start. */
  readonly started: Promise<RunningEventStore>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #backups = new Map<number, WaitingBackup>();
  #hasEnded = false;
  #backupsBegun = 0;
  #onFailure: ((error: Error) => void) | undefined;

  constructor(
    worker: Worker,
    reports: {
      onFailure: (error: Error) => void;
      onNotice: StartOptions['onNotice'];
      onRefusedAttempt: StartOptions['onRefusedAttempt'];
    },
  ) {
    this.#worker = worker;
    this.started = new Promise((resolve, reject) => {
      this.#onFailure = reject;
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'started':
            this.#onFailure = reports.onFailure;
            resolve({
              port: message.port,
              connectionString: message.connectionString,
              backup: (toDirectory) => this.#backUp(toDirectory),
              stop: () => this.#stop(),
            });
            return;
          case 'start_failed':
          case 'failed':
            this.#fail(message.error);
            return;
          case 'attempt_refused':
            reports.onRefusedAttempt?.(message.attempt);
            return;
          case 'notice':
            reports.onNotice?.(message.notice);
            return;
          case 'backed_up':
            this.#take(message.number)?.resolve(message.backup);
            return;
          case 'backup_failed':
            this.#take(message.number)?.reject(message.error);
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
        this.#hasEnded = true;
        for (const backup of this.#backups.values()) backup.reject(endedBeforeBackup());
        this.#backups.clear();
        resolve();
      });
    });
  }

  #backUp(toDirectory: string): Promise<LogBackup> {
    if (this.#hasEnded) return Promise.reject(endedBeforeBackup());
    const number = this.#backupsBegun;
    this.#backupsBegun += 1;
    return new Promise((resolve, reject) => {
      this.#backups.set(number, { resolve, reject });
      this.#tell({ kind: 'backup', number, toDirectory });
    });
  }

  #take(number: number): WaitingBackup | undefined {
    const backup = this.#backups.get(number);
    this.#backups.delete(number);
    return backup;
  }

  async #stop(): Promise<void> {
    this.#tell({ kind: 'stop' });
    await this.#ended;
  }

  #tell(message: OwnerMessage): void {
    this.#worker.postMessage(message);
  }

  #fail(error: Error): void {
    const onFailure = this.#onFailure;
    this.#onFailure = undefined;
    onFailure?.(error);
  }
}

function endedBeforeBackup(): Error {
  return new Error('the event store ended before the backup was complete');
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
