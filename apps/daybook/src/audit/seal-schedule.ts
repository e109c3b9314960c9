import type { Logger } from 'pino';
import type { SealTarget } from '#audit';
import { messageOf } from '../composition/start-error.js';
import type { SealOutcome } from './seal-ledger.js';

export interface SealScheduleParts {
  readonly targets: readonly SealTarget[];
  readonly intervalMinutes: number;
  readonly seal: (target: SealTarget) => Promise<SealOutcome>;
  readonly logger: Logger;
}

/**
 * Seals every so often and once more at the end. A target that fails is reported and tried again the
 * next time: sealing never keeps the ledger from its work.
 */
export class SealSchedule {
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SealScheduleParts) {}

  start(): void {
    const { targets, intervalMinutes, logger } = this.parts;
    if (targets.length === 0) {
      logger.info(
        'No seal target is configured: nothing outside can tell whether the ledger was cut off. Set DAYBOOK_SEAL_DIRECTORY or DAYBOOK_SEAL_URL.',
      );
      return;
    }
    this.#timer = setInterval(() => this.#sealSoon(), intervalMinutes * 60_000);
    this.#timer.unref();
  }

  /** Seals what came since, and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#sealSoon();
    await this.#running;
  }

  #sealSoon(): void {
    this.#running = this.#running.then(() => this.#sealAll());
  }

  async #sealAll(): Promise<void> {
    const { targets, seal, logger } = this.parts;
    for (const target of targets) {
      const { place } = target;
      try {
        const sealed = await seal(target);
        if (sealed.outcome === 'refused') {
          logger.error({ place, code: sealed.code }, `No seal was published: ${sealed.message}`);
        } else if (sealed.outcome === 'published') {
          const { size } = sealed.checkpoint;
          logger.info({ place, size }, `The first ${size} events were sealed`);
        }
      } catch (error) {
        logger.error({ place }, `No seal was published at ${place}: ${messageOf(error)}`);
      }
    }
  }
}
