import type { AppendRequest, ProposedEvent } from './append-request.js';
import type { EventIndex, IndexedStream } from './event-index.js';
import type { RecentEventIds } from './recent-event-ids.js';

/** What is to be done with an append, by EventStoreDB's rules for expected revisions and repeats. */
export type AppendDecision =
  | { readonly decision: 'write'; readonly firstRevision: number }
  /** The same events are there already, the last of them at this revision. */
  | { readonly decision: 'repeat'; readonly lastRevision: number }
  /** No event, and the expectation holds. */
  | { readonly decision: 'nothing'; readonly lastRevision: number | undefined }
  | { readonly decision: 'wrong_expected_revision'; readonly actual: number | undefined };

/** The revision a stream that does not exist is said to stand at. */
const NO_REVISION = -1;

/** The name of the stream that holds a stream's metadata begins so. */
const METADATA_STREAM_PREFIX = '$$';

export class AppendDecider {
  readonly #index: EventIndex;
  readonly #recentEventIds: RecentEventIds;

  constructor(index: EventIndex, recentEventIds: RecentEventIds) {
    this.#index = index;
    this.#recentEventIds = recentEventIds;
  }

  decide(request: AppendRequest): AppendDecision {
    const { expectedRevision, events } = request;
    const stream = this.#index.stream(request.stream);
    const last = stream === undefined ? NO_REVISION : stream.sequences.length - 1;
    if (expectedRevision === 'any') return this.#decideUnversioned(stream, last, events);
    if (expectedRevision === 'stream_exists') {
      return this.#exists(request.stream, last)
        ? this.#decideUnversioned(stream, last, events)
        : wrong(last);
    }
    const expected = expectedRevision === 'no_stream' ? NO_REVISION : Number(expectedRevision);
    return this.#decideVersioned(stream, last, expected, events);
  }

  /** A repeat counts only where the events stand right behind the expected revision. */
  #decideVersioned(
    stream: IndexedStream | undefined,
    last: number,
    expected: number,
    events: readonly ProposedEvent[],
  ): AppendDecision {
    if (expected === last) return toWrite(last, events);
    if (stream === undefined || expected > last || events.length === 0) return wrong(last);
    const isRepeat = events.every((event, index) => {
      const sequence = stream.sequences[expected + 1 + index];
      return sequence !== undefined && this.#index.hasId(sequence, event.id);
    });
    return isRepeat ? { decision: 'repeat', lastRevision: expected + events.length } : wrong(last);
  }

  /** Without a revision the first id decides: a known one makes the append a repeat or a mistake. */
  #decideUnversioned(
    stream: IndexedStream | undefined,
    last: number,
    events: readonly ProposedEvent[],
  ): AppendDecision {
    if (stream === undefined) return toWrite(last, events);
    let found: number | undefined;
    for (const [index, event] of events.entries()) {
      found = this.#recentEventIds.find(stream, event.id);
      if (found === undefined) return index === 0 ? toWrite(last, events) : wrong(last);
    }
    if (found === undefined) return toWrite(last, events);
    return { decision: 'repeat', lastRevision: stream.sequences.lastIndexOf(found) };
  }

  #exists(streamName: string, last: number): boolean {
    if (last !== NO_REVISION) return true;
    return this.#index.stream(METADATA_STREAM_PREFIX + streamName) !== undefined;
  }
}

function toWrite(last: number, events: readonly ProposedEvent[]): AppendDecision {
  if (events.length > 0) return { decision: 'write', firstRevision: last + 1 };
  return { decision: 'nothing', lastRevision: knownRevision(last) };
}

function wrong(last: number): AppendDecision {
  return { decision: 'wrong_expected_revision', actual: knownRevision(last) };
}

function knownRevision(last: number): number | undefined {
  return last === NO_REVISION ? undefined : last;
}
