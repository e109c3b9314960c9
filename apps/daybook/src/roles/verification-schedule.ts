import { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { readLastVerification } from '#projection-engine';
import { messageOf } from '../composition/start-error.js';
import type { VerificationEnd, VerificationStart } from './verification-messages.js';

const hourMilliseconds = 60 * 60 * 1_000;
/** How often it is looked whether one is due; the first look leaves a start its time. */
const lookMillisecondsDefault = 60_000;
const stopMillisecondsMax = 15_000;

export interface VerificationScheduleParts {
  readonly start: VerificationStart;
  readonly pool: Pool;
  readonly groupName: string;
  /** Zero is never. */
  readonly everyHours: number;
  readonly logger: Logger;
  /** How often it is looked whether one is due; a minute where it is left out. */
  readonly lookMilliseconds?: number;
}

/**
 * Has what was applied compared with what the store holds once in so many hours. When it was last
 * done stands in the database, so that restarts neither put it off nor bring it forward.
 */
export class VerificationSchedule {
  #timer: NodeJS.Timeout | undefined;
  #worker: Worker | undefined;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;

  constructor(private readonly parts: VerificationScheduleParts) {}

  begin(): void {
    if (this.parts.everyHours === 0) {
      this.parts.logger.info('No verification is scheduled: DAYBOOK_VERIFY_HOURS is 0.');
      return;
    }
    const { lookMilliseconds = lookMillisecondsDefault } = this.parts;
    this.#timer = setInterval(() => this.#look(), lookMilliseconds);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#worker?.postMessage('stop');
    const late = setTimeout(() => void this.#worker?.terminate(), stopMillisecondsMax);
    await this.#running;
    clearTimeout(late);
  }

  /** Compares now, whenever the last time was. */
  async runNow(): Promise<void> {
    if (this.#isRunning) return this.#running;
    this.#isRunning = true;
    this.#running = this.#run().finally(() => {
      this.#isRunning = false;
    });
    return this.#running;
  }

  #look(): void {
    if (this.#isRunning) return;
    this.#isDue().then(
      (isDue) => {
        if (isDue) void this.runNow();
      },
      (error: unknown) => {
        this.parts.logger.debug(`Whether a verification is due is not known: ${messageOf(error)}`);
      },
    );
  }

  async #isDue(): Promise<boolean> {
    const { pool, groupName, everyHours } = this.parts;
    const last = await readLastVerification(pool, groupName);
    if (last === undefined) return true;
    return Date.now() - last.finishedAt.getTime() >= everyHours * hourMilliseconds;
  }

  async #run(): Promise<void> {
    const { start, logger } = this.parts;
    const worker = new Worker(new URL('./verification-worker.js', import.meta.url), {
      workerData: start,
    });
    this.#worker = worker;
    worker.on('message', (end: VerificationEnd) => {
      const level = end.outcome === 'equal' ? 'info' : 'error';
      logger[level](end, `Verification against the event store: ${end.outcome}`);
    });
    worker.once('error', (error) => {
      logger.error(`The verification could not be carried out: ${messageOf(error)}`);
    });
    await new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#worker = undefined;
  }
}
