import type { AllTarget, ReadRequest, StreamTarget } from '../wire/read-request.js';
import type { EventFilter } from './event-filter.js';
import type { EventIndex } from './event-index.js';

/** Which events a read gives, in order, by their places in `$all`. */
export type ReadPlan =
  | { readonly plan: 'events'; readonly sequences: Iterable<number> }
  | { readonly plan: 'stream_not_found'; readonly stream: string }
  | { readonly plan: 'invalid_position'; readonly message: string };

export function planRead(
  index: EventIndex,
  request: ReadRequest,
  filter: EventFilter | undefined,
  eventsMax: number,
): ReadPlan {
  const { target, direction } = request;
  const plan =
    target.kind === 'stream'
      ? planStream(index, target, direction)
      : planAll(index, target, direction);
  if (plan.plan !== 'events') return plan;
  return { plan: 'events', sequences: take(plan.sequences, filter, eventsMax) };
}

function planStream(
  index: EventIndex,
  { stream: name, from }: StreamTarget,
  direction: ReadRequest['direction'],
): ReadPlan {
  const stream = index.stream(name);
  const count = stream === undefined ? 0 : index.visibleRevisions(stream);
  if (stream === undefined || count === 0) return { plan: 'stream_not_found', stream: name };
  const revisions =
    direction === 'forwards'
      ? ascending(revisionFrom(from, count), count)
      : descending(Math.min(revisionFrom(from, count), count - 1));
  return { plan: 'events', sequences: pick(stream.sequences, revisions) };
}

function revisionFrom(from: StreamTarget['from'], count: number): number {
  if (from === 'start') return 0;
  return from === 'end' ? count : from;
}

/** Forwards a position is inclusive, backwards exclusive, as in EventStoreDB. */
function planAll(
  index: EventIndex,
  { from }: AllTarget,
  direction: ReadRequest['direction'],
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
  const sequences = direction === 'forwards' ? ascending(next, count) : descending(next - 1);
  return { plan: 'events', sequences };
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

function* descending(from: number): Generator<number> {
  for (let next = from; next >= 0; next -= 1) yield next;
}

function* pick(sequences: readonly number[], revisions: Iterable<number>): Generator<number> {
  for (const revision of revisions) {
    const sequence = sequences[revision];
    if (sequence !== undefined) yield sequence;
  }
}

function* take(
  sequences: Iterable<number>,
  filter: EventFilter | undefined,
  eventsMax: number,
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
