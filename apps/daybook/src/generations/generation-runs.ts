import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ReferenceData } from '#domain';
import {
  type Generation,
  type GroupDefinition,
  readGenerationCheckpoint,
  readGenerations,
  switchGeneration,
} from '#projection-engine';
import { messageOf } from '../composition/start-error.js';
import { GenerationRates } from './generation-rates.js';
import { runnableReferenceData } from './recipe.js';

const lookMilliseconds = 1_000;
/** A switch that nobody asked for begins only this near, so that the active one hardly waits. */
const switchLimits = { lagEventsMax: 1_000, waitMilliseconds: 2_000 };

/** One run of a generation, in a thread of its own. */
export interface GenerationRun {
  stop(): Promise<void>;
}

export interface GenerationRunsOptions {
  readonly pool: Pool;
  readonly group: Pick<GroupDefinition<never, never>, 'name' | 'projections'>;
  readonly start: (
    generation: number,
    referenceData: ReferenceData,
    onFailure: (error: Error) => void,
  ) => GenerationRun;
  readonly logger: Logger;
  /** Called once where the generation that is read cannot go on by itself. */
  readonly onFailure: (error: Error) => void;
}

/**
 * Runs every generation that was not retired and whose rules this program has, as its table says from
 * second to second: whichever process began, switched or retired one. A generation that is to be read
 * as soon as it has caught up is switched to from here.
 */
export class GenerationRuns {
  readonly rates = new GenerationRates();
  readonly #runs = new Map<number, GenerationRun>();
  readonly #stopped = new Map<number, string>();
  readonly #toldAbsent = new Set<number>();
  readonly #ending = new AbortController();
  #looking: Promise<void> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();

  constructor(private readonly options: GenerationRunsOptions) {}

  /** Starts what there is to run; returns once it is started. */
  async start(): Promise<void> {
    await this.look();
    this.#following = this.#follow();
  }

  /** Ends every run after the batch in flight. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#following;
    await this.#looking;
    await Promise.all([...this.#runs.values()].map((run) => run.stop()));
  }

  /** Why a generation that is not read stopped here; undefined where it did not. */
  stoppedBecause(generation: number): string | undefined {
    return this.#stopped.get(generation);
  }

  /** Looks at the table at once, as after something was changed in it. */
  async look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await pause(lookMilliseconds, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.look();
    }
  }

  async #look(): Promise<void> {
    const { pool, group, logger } = this.options;
    try {
      for (const generation of await readGenerations(pool, group.name)) {
        if (this.#ending.signal.aborted) return;
        await this.#attend(generation);
      }
    } catch (error) {
      // PostgreSQL is away: the runs wait it out, and so does this.
      logger.debug(`The generations of the read models cannot be read: ${messageOf(error)}`);
    }
  }

  async #attend(generation: Generation): Promise<void> {
    const { generation: number, state } = generation;
    if (state === 'retired') {
      const run = this.#runs.get(number);
      this.#runs.delete(number);
      await run?.stop();
      return;
    }
    if (!this.#runs.has(number) && !this.#stopped.has(number)) this.#run(generation);
    const checkpoint = await readGenerationCheckpoint(this.options.pool, generation);
    this.rates.see(number, checkpoint?.sequence ?? 0, performance.now());
    if (state === 'building' && generation.switchesByItself) await this.#switchTo(generation);
  }

  #run(generation: Generation): void {
    const { group, start, logger } = this.options;
    const { generation: number, state } = generation;
    const referenceData = runnableReferenceData(generation, group);
    if (referenceData === undefined) {
      if (this.#toldAbsent.has(number)) return;
      this.#toldAbsent.add(number);
      logger.warn(
        { generation: number, state },
        `Generation ${number} of the read models was derived by another release: it stands still.`,
      );
      return;
    }
    const run = start(number, referenceData, (error) => void this.#failed(generation, error));
    this.#runs.set(number, run);
  }

  /** A generation that nobody reads may stop, and is told; without the active one nothing goes on. */
  async #failed(failed: Generation, error: Error): Promise<void> {
    const { pool, group, logger, onFailure } = this.options;
    const now = await readGenerations(pool, group.name).catch(() => [failed]);
    const state = now.find(({ generation }) => generation === failed.generation)?.state;
    if (state === 'active') return onFailure(error);
    if (state === undefined || state === 'retired') return;
    this.#stopped.set(failed.generation, error.message);
    logger.warn(
      { generation: failed.generation, state },
      `Generation ${failed.generation} of the read models stopped: ${error.message}`,
    );
  }

  async #switchTo(key: Generation): Promise<void> {
    const { pool, logger } = this.options;
    const switched = await switchGeneration(pool, key, switchLimits);
    if (switched.outcome === 'refused') return;
    const { from, to, sequence } = switched;
    logger.warn(
      { from, to, sequence },
      `Generation ${to} of the read models has caught up and is read from now on. Generation ${from} ` +
        `stands by: "daybook projection rollback" goes back to it, "daybook projection retire ${from}" drops it.`,
    );
  }
}
