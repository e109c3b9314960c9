import type { AppendRequest, ProposedEvent } from './append-request.js';
import type { EventIndex, IndexedStream } from './event-index.js';
import type { RecentEventIds } from './recent-event-ids.js';
import { isSoftDeleted, metadataStreamOf } from './stream-metadata.js';
import type { StreamStates } from './stream-states.js';

/** What is to be done with an append, by EventStoreDB's rules for expected revisions and repeats. */
export type AppendDecision =
  | {
      readonly decision: 'write';
      readonly firstRevision: number;
      /** The stream was soft deleted; what is written becomes its beginning. */
      readonly isRecreation: boolean;
    }
  /** The same events are there already, the last of them at this revision. */
  | { readonly decision: 'repeat'; readonly lastRevision: number }
  /** There is nothing to write, and the expectation holds. */
  | { readonly decision: 'nothing'; readonly lastRevision: number | undefined }
  | { readonly decision: 'stream_deleted' }
  | { readonly decision: 'wrong_expected_revision'; readonly actual: number | undefined };

/** The revision a stream that does not exist is said to stand at. */
const NO_REVISION = -1;

/** A stream as a decision finds it. */
interface Standing {
  readonly stream: IndexedStream | undefined;
  /** The last revision, that of hidden and deleted events included. */
  readonly last: number;
  readonly isSoftDeleted: boolean;
}

export class AppendDecider {
  readonly #index: EventIndex;
  readonly #states: StreamStates;
  readonly #recentEventIds: RecentEventIds;

  constructor(index: EventIndex, states: StreamStates, recentEventIds: RecentEventIds) {
    this.#index = index;
    this.#states = states;
    this.#recentEventIds = recentEventIds;
  }

  /** The order of the checks: tombstone, soft delete, the expectation, repeats. */
  decide(request: AppendRequest): AppendDecision {
    const { expectedRevision } = request;
    const state = this.#states.decided(request.stream);
    if (state.isTombstoned) return { decision: 'stream_deleted' };
    const stream = this.#index.stream(request.stream);
    const standing: Standing = {
      stream,
      last: stream === undefined ? NO_REVISION : stream.sequences.length - 1,
      isSoftDeleted: isSoftDeleted(state.metadata),
    };
    if (expectedRevision === 'stream_exists') {
      if (standing.isSoftDeleted) return { decision: 'stream_deleted' };
      if (!this.#exists(request.stream, standing)) return wrong(standing);
    }
    if (request.removal !== undefined) return this.#decideRemoval(request, standing);
    if (expectedRevision === 'any' || expectedRevision === 'stream_exists') {
      return this.#decideUnversioned(standing, request.events);
    }
    const expected = expectedRevision === 'no_stream' ? NO_REVISION : Number(expectedRevision);
    return this.#decideVersioned(standing, expected, request.events);
  }

  /** Nothing is compared here, and a stream of which nothing is known cannot be soft deleted. */
  #decideRemoval(request: AppendRequest, standing: Standing): AppendDecision {
    const { expectedRevision, removal } = request;
    const { last } = standing;
    const isUnversioned = expectedRevision === 'any' || expectedRevision === 'stream_exists';
    const isExpected =
      isUnversioned ||
      (expectedRevision === 'no_stream'
        ? last === NO_REVISION || standing.isSoftDeleted
        : Number(expectedRevision) === last);
    if (!isExpected) return wrong(standing);
    if (removal === 'tombstone') return toWrite(standing);
    if (!this.#exists(request.stream, standing)) return wrong(standing);
    return standing.isSoftDeleted ? nothing(standing) : toWrite(standing);
  }

  /** A repeat counts only where the events stand right behind the expected revision. */
  #decideVersioned(
    standing: Standing,
    expected: number,
    events: readonly ProposedEvent[],
  ): AppendDecision {
    const { stream, last } = standing;
    if (expected === last) return written(standing, events);
    if (stream === undefined || expected > last) return wrong(standing);
    const isRepeat =
      events.length > 0 &&
      events.every((event, index) => {
        const sequence = stream.sequences.at(expected + 1 + index);
        return sequence !== undefined && this.#index.hasId(sequence, event.id);
      });
    if (isRepeat) return { decision: 'repeat', lastRevision: expected + events.length };
    const isRecreation = standing.isSoftDeleted && expected === NO_REVISION;
    return isRecreation ? written(standing, events) : wrong(standing);
  }

  /** Without a revision the first id decides: a known one makes the append a repeat or a mistake. */
  #decideUnversioned(standing: Standing, events: readonly ProposedEvent[]): AppendDecision {
    const { stream } = standing;
    if (stream === undefined) return written(standing, events);
    let found: number | undefined;
    for (const [index, event] of events.entries()) {
      found = this.#recentEventIds.find(stream, event.id);
      if (found === undefined) return index === 0 ? written(standing, events) : wrong(standing);
    }
    if (found === undefined) return written(standing, events);
    return { decision: 'repeat', lastRevision: stream.sequences.revisionOf(found) };
  }

  #exists(streamName: string, { last }: Standing): boolean {
    if (last !== NO_REVISION) return true;
    return this.#index.stream(metadataStreamOf(streamName)) !== undefined;
  }
}

function written(standing: Standing, events: readonly ProposedEvent[]): AppendDecision {
  return events.length > 0 ? toWrite(standing) : nothing(standing);
}

function toWrite({ last, isSoftDeleted: isRecreation }: Standing): AppendDecision {
  return { decision: 'write', firstRevision: last + 1, isRecreation };
}

function nothing(standing: Standing): AppendDecision {
  return { decision: 'nothing', lastRevision: knownRevision(standing) };
}

function wrong(standing: Standing): AppendDecision {
  return { decision: 'wrong_expected_revision', actual: knownRevision(standing) };
}

function knownRevision({ last }: Standing): number | undefined {
  return last === NO_REVISION ? undefined : last;
}
