import type { EventIndex, IndexedStream } from './event-index.js';

/** How many events back a repeat sent with `any` or `stream_exists` is recognised. */
export const RECENT_EVENTS_MAX = 131_072;

const BUCKETS = 2 * RECENT_EVENTS_MAX;

/**
 * Where an event id was written lately, by stream. Like EventStoreDB's it lives in memory alone: it
 * begins empty at every start and forgets the oldest, so a repeat with `any` is written again after
 * a restart. Exact expected revisions do not need it.
 *
 * A hash table of chains over a ring: a bucket holds the newest event of its chain, and each event
 * the one before it; sequences are kept plus one, so that 0 means none.
 */
export class RecentEventIds {
  readonly #index: EventIndex;
  readonly #newest = new Uint32Array(BUCKETS);
  readonly #previous = new Uint32Array(RECENT_EVENTS_MAX);
  readonly #first: number;

  /** Remembers the events that are added from now on. */
  constructor(index: EventIndex) {
    this.#index = index;
    this.#first = index.length;
  }

  /** Remembers the event that was added last. */
  add(stream: IndexedStream, id: Buffer): void {
    const sequence = this.#index.length - 1;
    const bucket = bucketOf(stream, id);
    this.#previous[sequence % RECENT_EVENTS_MAX] = this.#newest[bucket] ?? 0;
    this.#newest[bucket] = sequence + 1;
  }

  /** The sequence of the newest event of this stream with this id, if it is remembered. */
  find(stream: IndexedStream, id: Buffer): number | undefined {
    const oldest = Math.max(this.#first, this.#index.length - RECENT_EVENTS_MAX);
    let next = this.#newest[bucketOf(stream, id)] ?? 0;
    while (next > oldest) {
      const sequence = next - 1;
      if (this.#index.isEvent(sequence, stream, id)) return sequence;
      const before = this.#previous[sequence % RECENT_EVENTS_MAX] ?? 0;
      // A chain only leads backwards; a slot that was reused leads forwards and ends it.
      if (before >= next) return undefined;
      next = before;
    }
    return undefined;
  }
}

function bucketOf(stream: IndexedStream, id: Buffer): number {
  const mixed = id.readUInt32LE(0) ^ id.readUInt32LE(12) ^ Math.imul(stream.number, 0x9e37_79b1);
  return (mixed >>> 0) % BUCKETS;
}
