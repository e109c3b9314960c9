import type { EventIndex } from './event-index.js';

/** Events fetched and sent in one go. */
export const BATCH_EVENTS_MAX = 512;

/** Bytes fetched in one go, unless a single event has more. */
export const BATCH_BYTES_MAX = 1_048_576;

/** Cuts a run of events into batches that fit in memory. */
export function* batches(index: EventIndex, sequences: Iterable<number>): Generator<number[]> {
  let batch: number[] = [];
  let bytes = 0;
  for (const sequence of sequences) {
    batch.push(sequence);
    bytes += index.recordLength(sequence);
    if (batch.length === BATCH_EVENTS_MAX || bytes >= BATCH_BYTES_MAX) {
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
