import { performance } from 'node:perf_hooks';
import type { PoolClient } from 'pg';
import type { BatchFold } from '../fold/fold-batch.js';
import type { ParkedCounts } from '../parking/parking-session.js';
import { type BatchRecord, writeBatch } from '../postgres/write-batch.js';
import type { Holding } from './holding.js';
import type { LastBatch } from './progress.js';

/** What is told of a batch before it is written. */
export type BatchCount = Pick<LastBatch, 'events' | 'foldMilliseconds'>;

/** The one batch that is being written while the next is read and folded. */
export class Writing<Event, View> {
  private inFlight: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly holding: Holding<Event, View>,
    private readonly client: PoolClient,
    /** Ends the subscription, so that a failure is seen though no event comes. */
    private readonly ending: AbortController,
  ) {}

  start(fold: BatchFold<Event>, batch: BatchRecord, count: BatchCount, parked: ParkedCounts): void {
    const began = performance.now();
    this.inFlight = writeBatch(this.client, this.holding.plan, fold, batch).then(
      () => this.wrote(fold, batch, count, parked, performance.now() - began),
      (error: unknown) => this.fail(error),
    );
  }

  /** Reports a batch that is committed. */
  wrote(
    fold: BatchFold<Event>,
    { from, to }: BatchRecord,
    count: BatchCount,
    parked: ParkedCounts,
    writeMilliseconds: number,
  ): void {
    const subjects = fold.rowsBySubject.size;
    const { reporter } = this.holding;
    reporter.committed(
      { ...from, ...to },
      { ...count, subjects, writeMilliseconds },
      fold.repeated,
      parked,
    );
  }

  /** Makes whoever waits next, and the subscription, end with an error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.ending.abort();
  }

  /** Resolves when the batch in flight is written or has failed. */
  get ended(): Promise<void> {
    return this.inFlight;
  }

  /** Waits for the batch in flight. @throws whatever it failed with. */
  async settled(): Promise<void> {
    await this.inFlight;
    if (this.failure) throw this.failure.error;
  }
}
