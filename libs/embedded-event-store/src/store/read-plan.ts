import type { AllTarget, ReadRequest, StreamTarget } from '../wire/read-request.js';
import type { EventFilter } from './event-filter.js';
import type { EventIndex } from './event-index.js';
import { isSoftDeleted } from './stream-metadata.js';
import type { StreamState } from './stream-states.js';
import type { SequenceList } from './stream-sequences.js';

/** Which events a read gives, in order, by their places in `$all`. */
export type ReadPlan =
  | { readonly plan: 'events'; readonly sequences: Iterable<number> }
  | { readonly plan: 'stream_not_found'; readonly stream: string }
  | { readonly plan: 'stream_deleted'; readonly stream: string }
  | { readonly plan: 'invalid_position'; readonly message: string };

/** What a stream's reader may see of it. */
export interface StreamView {
  readonly state: StreamState;
  /** How many of the first revisions its metadata hides. */
  readonly hidden: number;
}

export function planStreamRead(
  index: EventIndex,
  { stream: name, from }: StreamTarget,
  { state, hidden }: StreamView,
  { direction, eventsMax }: { readonly direction: Direction; readonly eventsMax: number },
): ReadPlan {
  if (state.isTombstoned) return { plan: 'stream_deleted', stream: name };
  const stream = index.stream(name);
  const count = stream === undefined ? 0 : index.visibleRevisions(stream);
  if (stream === undefined || count === 0 || isSoftDeleted(state.metadata)) {
    return { plan: 'stream_not_found', stream: name };
  }
  const revisions =
    direction === 'forwards'
      ? ascending(Math.max(hidden, revisionFrom(from, count)), count)
      : descending(Math.min(revisionFrom(from, count), count - 1), hidden);
  return { plan: 'events', sequences: take(pick(stream.sequences, revisions), eventsMax) };
}

type Direction = ReadRequest['direction'];

function revisionFrom(from: StreamTarget['from'], count: number): number {
  if (from === 'start') return 0;
  return from === 'end' ? count : from;
}

/** Forwards a position is inclusive, backwards exclusive, as in EventStoreDB. */
export function planAllRead(
  index: EventIndex,
  { from }: AllTarget,
  filter: EventFilter | undefined,
  { direction, eventsMax }: { readonly direction: Direction; readonly eventsMax: number },
): ReadPlan {
  const count = index.visibleLength;
  let next = from === 'end' ? count : 0;
  if (typeof from === 'object') {
    const located = locate(index, from);
    if (located.kind === 'invalid') return { plan: 'invalid_position', message: located.message };
    if (located.kind === 'beyond_tail' && direction === 'backwards') {
      return { plan: 'invalid_position', message: `${from.commit} lies beyond the last event` };
    }
    next = located.kind === 'event' ? located.sequence : count;
  }
  const sequences = direction === 'forwards' ? ascending(next, count) : descending(next - 1, 0);
  return { plan: 'events', sequences: take(sequences, eventsMax, filter) };
}

export type LocatedPosition =
  | { readonly kind: 'event'; readonly sequence: number }
  | { readonly kind: 'beyond_tail' }
  | { readonly kind: 'invalid'; readonly message: string };

/** Finds the event at a position; between two events there is none, and saying so is kinder than guessing. */
export function locate(
  index: EventIndex,
  { commit, prepare }: { readonly commit: number; readonly prepare: number },
): LocatedPosition {
  if (prepare > commit) {
    return { kind: 'invalid', message: `prepare ${prepare} is greater than commit ${commit}` };
  }
  const sequence = index.sequenceFrom(commit);
  if (sequence === index.visibleLength) return { kind: 'beyond_tail' };
  if (index.position(sequence) === commit) return { kind: 'event', sequence };
  return { kind: 'invalid', message: `no event stands at position ${commit}` };
}

function* ascending(from: number, end: number): Generator<number> {
  for (let next = from; next < end; next += 1) yield next;
}

function* descending(from: number, end: number): Generator<number> {
  for (let next = from; next >= end; next -= 1) yield next;
}

function* pick(sequences: SequenceList, revisions: Iterable<number>): Generator<number> {
  for (const revision of revisions) {
    const sequence = sequences.at(revision);
    if (sequence !== undefined) yield sequence;
  }
}

function* take(
  sequences: Iterable<number>,
  eventsMax: number,
  filter?: EventFilter,
): Generator<number> {
  let left = eventsMax;
  if (left <= 0) return;
  for (const sequence of sequences) {
    if (filter !== undefined && !filter(sequence)) continue;
    yield sequence;
    left -= 1;
    if (left === 0) return;
  }
}
