import type { ProposedEvent } from './append-request.js';
import {
  isMetadataStream,
  isSoftDeleted,
  METADATA_OF_METADATA,
  NO_METADATA,
  readMetadata,
  streamDescribedBy,
  type StreamMetadata,
} from './stream-metadata.js';

/** What is to be known of a stream besides its events. */
export interface StreamState {
  /** Deleted for good: nothing of it is read and nothing written. */
  readonly isTombstoned: boolean;
  readonly metadata: StreamMetadata;
}

const ORDINARY: StreamState = { isTombstoned: false, metadata: NO_METADATA };
const OF_METADATA_STREAM: StreamState = { isTombstoned: false, metadata: METADATA_OF_METADATA };

/**
 * The states of the streams that have metadata or a tombstone; of most streams nothing is kept.
 *
 * Like the index it has two sides: appends are decided against everything added so far, readers see
 * what {@link makeVisible} has shown them.
 */
export class StreamStates {
  readonly #decided = new Map<string, StreamState>();
  readonly #visible = new Map<string, StreamState>();
  readonly #changed = new Set<string>();

  /** The state that the next append is decided against. */
  decided(stream: string): StreamState {
    return stateOf(this.#decided, stream);
  }

  /** The state that readers go by. */
  visible(stream: string): StreamState {
    return stateOf(this.#visible, stream);
  }

  /** Everything added so far has become durable. */
  makeVisible(): void {
    for (const stream of this.#changed) {
      const state = this.#decided.get(stream);
      if (state !== undefined) this.#visible.set(stream, state);
    }
    this.#changed.clear();
  }

  /** Takes the newest event of a metadata stream for the metadata of the stream it describes. */
  describe(metadataStream: string, event: Pick<ProposedEvent, 'type' | 'data'>): void {
    this.#setMetadata(streamDescribedBy(metadataStream), readMetadata(event));
  }

  tombstone(stream: string): void {
    this.#change(stream, { ...this.#own(stream), isTombstoned: true });
    if (isMetadataStream(stream)) this.#setMetadata(streamDescribedBy(stream), NO_METADATA);
  }

  #setMetadata(stream: string, metadata: StreamMetadata): void {
    this.#change(stream, { ...this.#own(stream), metadata });
  }

  #own(stream: string): StreamState {
    return this.#decided.get(stream) ?? ORDINARY;
  }

  #change(stream: string, state: StreamState): void {
    this.#decided.set(stream, state);
    this.#changed.add(stream);
  }
}

/** The metadata of a tombstoned stream is as dead as the stream; no metadata stream has its own. */
function stateOf(states: ReadonlyMap<string, StreamState>, stream: string): StreamState {
  if (states.size === 0) return isMetadataStream(stream) ? OF_METADATA_STREAM : ORDINARY;
  const own = states.get(stream) ?? ORDINARY;
  if (!isMetadataStream(stream)) return own;
  const described = states.get(streamDescribedBy(stream));
  const isTombstoned = own.isTombstoned || described?.isTombstoned === true;
  return { isTombstoned, metadata: METADATA_OF_METADATA };
}

/** How many of the stream's first revisions its count and `$tb` hide, of so many that there are. */
export function hiddenRevisions({ metadata }: StreamState, count: number): number {
  const byCount = Math.max(0, count - metadata.countMax);
  return Math.min(count, Math.max(metadata.truncateBefore, byCount));
}

export function isDeleted(state: StreamState): boolean {
  return state.isTombstoned || isSoftDeleted(state.metadata);
}
