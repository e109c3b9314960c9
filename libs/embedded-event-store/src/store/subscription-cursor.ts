import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX } from './batches.js';
import type { EventFilter } from './event-filter.js';
import type { EventIndex } from './event-index.js';

/** What a subscription sends next. */
export interface SubscriptionBatch {
  /** The events, by their places in `$all`. */
  readonly sequences: readonly number[];
  /** Everything up to this event was looked at, and what was wanted of it lies in this batch or before. */
  readonly checkpoint: number | undefined;
}

/**
 * How far a subscription has come. Live events are taken from the same log in the same way as old
 * ones, so there is no seam at which one could be missed or repeated, and a slow client costs no
 * memory: it is simply further behind.
 */
export interface SubscriptionCursor {
  /** The next events that may be seen, or `undefined` where there are none yet. */
  next(): SubscriptionBatch | undefined;
  /** The last event looked at, where that was not yet told by a checkpoint. */
  uncheckpointed(): number | undefined;
}

/** Walks one stream by revision. */
export class StreamCursor implements SubscriptionCursor {
  readonly #index: EventIndex;
  readonly #stream: string;
  #revision: number;

  constructor(index: EventIndex, stream: string, revision: number) {
    this.#index = index;
    this.#stream = stream;
    this.#revision = revision;
  }

  next(): SubscriptionBatch | undefined {
    const stream = this.#index.stream(this.#stream);
    if (stream === undefined) return undefined;
    const visible = this.#index.visibleRevisions(stream);
    const sequences: number[] = [];
    let bytes = 0;
    while (
      this.#revision < visible &&
      sequences.length < BATCH_EVENTS_MAX &&
      bytes < BATCH_BYTES_MAX
    ) {
      const sequence = stream.sequences.at(this.#revision) ?? 0;
      sequences.push(sequence);
      bytes += this.#index.recordLength(sequence);
      this.#revision += 1;
    }
    return sequences.length === 0 ? undefined : { sequences, checkpoint: undefined };
  }

  uncheckpointed(): undefined {
    return undefined;
  }
}

/** Walks `$all`; with a filter it tells how far it has looked every so many events. */
export class AllCursor implements SubscriptionCursor {
  readonly #index: EventIndex;
  readonly #filter: EventFilter | undefined;
  readonly #checkpointInterval: number;
  #sequence: number;
  #sinceCheckpoint = 0;

  constructor(
    index: EventIndex,
    sequence: number,
    filter: { readonly isWanted: EventFilter; readonly checkpointInterval: number } | undefined,
  ) {
    this.#index = index;
    this.#sequence = sequence;
    this.#filter = filter?.isWanted;
    this.#checkpointInterval = filter?.checkpointInterval ?? Number.POSITIVE_INFINITY;
  }

  next(): SubscriptionBatch | undefined {
    const visible = this.#index.visibleLength;
    if (this.#sequence >= visible) return undefined;
    const sequences: number[] = [];
    let bytes = 0;
    while (
      this.#sequence < visible &&
      sequences.length < BATCH_EVENTS_MAX &&
      bytes < BATCH_BYTES_MAX
    ) {
      const sequence = this.#sequence;
      this.#sequence += 1;
      this.#sinceCheckpoint += 1;
      if (this.#filter === undefined || this.#filter(sequence)) {
        sequences.push(sequence);
        bytes += this.#index.recordLength(sequence);
      }
      if (this.#sinceCheckpoint >= this.#checkpointInterval) {
        this.#sinceCheckpoint = 0;
        return { sequences, checkpoint: sequence };
      }
    }
    return { sequences, checkpoint: undefined };
  }

  uncheckpointed(): number | undefined {
    if (this.#filter === undefined || this.#sinceCheckpoint === 0) return undefined;
    this.#sinceCheckpoint = 0;
    return this.#sequence - 1;
  }
}
