import {
  type AppendOutcome,
  type AppendRequest,
  type EventStore,
  EventStoreUnavailableError,
  type RecordedEvent,
} from '#event-store';
import type { StorePosition } from '#kernel';
import { type AppendPlan, outcomeOf, planAppend, writersOf } from './append-plan.js';
import { resolveAppend } from './append-resolution.js';
import { type AnyFold, KnownStream } from './known-stream.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';
import { type StreamOutcome, unavailable } from './stream-outcome.js';
import type { WaitingWork } from './waiting-work.js';

/** What all mailboxes of a process share. */
export interface MailboxSurroundings {
  readonly store: EventStore;
  readonly prefix: string;
  readonly limits: RecorderLimits;
  readonly counters: RecordingCounters;
  /** What is known of streams; bounded, so anything may be missing. */
  readonly knownStreams: {
    get(leaf: string): KnownStream | undefined;
    set(leaf: string, known: KnownStream): unknown;
    delete(leaf: string): unknown;
  };
}

/**
 * Everything this process writes to one stream goes through its mailbox, one append at a time, so
 * that the process never competes with itself and many waiting items share one append.
 */
export class StreamMailbox {
  readonly leaf: string;
  readonly #surroundings: MailboxSurroundings;
  readonly #stream: string;
  readonly #waiting: WaitingWork[] = [];
  #settledCount = 0;

  constructor(leaf: string, surroundings: MailboxSurroundings) {
    this.leaf = leaf;
    this.#surroundings = surroundings;
    this.#stream = `${surroundings.prefix}${leaf}`;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  add(item: WaitingWork): void {
    this.#waiting.push(item);
  }

  /** Settles the first of the waiting items, as many as one append takes; answers how many. */
  async takeTurn(): Promise<number> {
    const before = this.#settledCount;
    try {
      await this.#turn();
    } catch (error) {
      this.#surroundings.knownStreams.delete(this.leaf);
      if (error instanceof EventStoreUnavailableError) {
        this.#settleWith(unavailable('event_store_unavailable', error.message));
      } else {
        for (const item of this.#take()) item.fail(error);
      }
    }
    return this.#settledCount - before;
  }

  #take(count = this.#waiting.length): readonly WaitingWork[] {
    const items = this.#waiting.splice(0, count);
    this.#settledCount += items.length;
    return items;
  }

  async #turn(): Promise<void> {
    const { counters, knownStreams, limits } = this.#surroundings;
    let eventsWanted = limits.appendEventsMax;
    let known: KnownStream | undefined;
    for (let round = 0; round < limits.decideRoundsMax;) {
      known = await this.#known(known ?? knownStreams.get(this.leaf));
      const plan = planAppend(known, this.#waiting, { ...limits, eventsWanted });
      // A decision that came while the stream was read needs it folded first.
      if (plan.answers.length === 0) continue;
      if (plan.events.length === 0) {
        // A refusal is final, so it is given only by a state that is still the stream's.
        if (!plan.refuses || !(await this.#readNew(known))) return this.#settle(plan, known);
        round += 1;
        continue;
      }
      const outcome = await this.#append(known, plan);
      switch (outcome.outcome) {
        case 'appended':
          this.#takeWritten(known, plan, outcome);
          return this.#settle(plan, known);
        case 'conflict':
          counters.conflicts += 1;
          round += 1;
          await this.#readNew(known);
          break;
        case 'refused':
          // One event may be more than this store takes; the others must not suffer for it.
          if (writersOf(plan) === 1) return this.#settle(plan, known, refusalByStore(outcome));
          eventsWanted = Math.max(1, Math.floor(plan.events.length / 2));
          break;
        case 'unknown':
          knownStreams.delete(this.leaf);
          return this.#settleWith(unavailableBy(outcome));
      }
    }
    knownStreams.delete(this.leaf);
    const message = `${this.leaf} was changed by other writers ${limits.decideRoundsMax} times in a row.`;
    this.#settleWith(unavailable('stream_contended', message));
  }

  /** What is known of the stream, with every fold that a waiting decision needs. */
  async #known(before: KnownStream | undefined): Promise<KnownStream> {
    const folds = new Set<AnyFold>();
    for (const item of this.#waiting) if (item.kind === 'decision') folds.add(item.fold);
    const isFolded = before !== undefined && [...folds].every((fold) => before.hasFold(fold));
    for (const fold of before?.folds ?? []) folds.add(fold);
    const known = isFolded ? before : new KnownStream(this.leaf, folds);
    // Facts need no state: a stream that is new is written without being read. Where it was not
    // new, the append conflicts, and the stream is read then. A fact that another process may have
    // written is looked for, since the store takes the very same append twice without a word.
    const mayStand = this.#waiting.some(
      (item) =>
        item.kind === 'fact' && item.mayStand && known.revisionOf(item.event.eventId) === undefined,
    );
    if (mayStand || (folds.size > 0 && !isFolded)) await this.#readNew(known);
    return known;
  }

  /** Reads what stands behind what is known; true where there was something. */
  async #readNew(known: KnownStream): Promise<boolean> {
    const before = known.revision;
    const eventsMax = this.#surroundings.limits.readPageEventsMax;
    for (;;) {
      const events = await this.#read(known.revision + 1, eventsMax);
      known.takeRecorded(events);
      if (events.length < eventsMax) break;
    }
    this.#surroundings.knownStreams.set(this.leaf, known);
    return known.revision > before;
  }

  async #read(fromRevision: number, eventsMax: number): Promise<readonly RecordedEvent[]> {
    const { store } = this.#surroundings;
    const outcome = await store.readStream({
      stream: this.#stream,
      fromRevision,
      direction: 'forwards',
      eventsMax,
    });
    return outcome.outcome === 'read' ? outcome.events : [];
  }

  async #append(known: KnownStream, plan: AppendPlan): Promise<AppendOutcome> {
    const { store, counters } = this.#surroundings;
    const request: AppendRequest = {
      stream: this.#stream,
      expectedRevision: known.revision < 0 ? 'no_stream' : known.revision,
      events: plan.events.map(({ eventId, type, data, metadata }) => ({
        eventId,
        type,
        data,
        metadata,
      })),
    };
    counters.appends += 1;
    const outcome = await store.append(request);
    return outcome.outcome === 'unknown'
      ? resolveAppend(request, outcome, this.#surroundings)
      : outcome;
  }

  #takeWritten(
    known: KnownStream,
    plan: AppendPlan,
    written: { readonly revision: number; readonly position: StorePosition },
  ): void {
    const first = known.revision + 1;
    if (written.revision !== first + plan.events.length - 1) {
      throw new Error(
        `${plan.events.length} events were appended to ${this.leaf} from ${first}, and the last is said to be ${written.revision}.`,
      );
    }
    plan.events.forEach((event, index) => {
      known.take(event, first + index, written.position);
    });
    this.#surroundings.counters.appended += plan.events.length;
    this.#surroundings.knownStreams.set(this.leaf, known);
  }

  /** Answers the items of a plan; `instead` is the answer to those that would have been written. */
  #settle(plan: AppendPlan, known: KnownStream, instead?: StreamOutcome): void {
    const items = this.#take(plan.answers.length);
    items.forEach((item, index) => {
      const answer = plan.answers[index];
      if (answer === undefined) throw new Error(`An item of ${this.leaf} has no answer.`);
      const isUnwritten = answer.is === 'new' || answer.is === 'repeat_in_plan';
      item.settle(instead && isUnwritten ? instead : outcomeOf(answer, plan, known));
    });
  }

  /** Answers everything that waits alike: the stream cannot be gone on with. */
  #settleWith(outcome: StreamOutcome): void {
    for (const item of this.#take()) item.settle(outcome);
  }
}

function unavailableBy(outcome: Extract<AppendOutcome, { outcome: 'unknown' }>): StreamOutcome {
  const code = outcome.cause === 'store_full' ? 'event_store_full' : 'event_store_unavailable';
  return unavailable(code, outcome.message);
}

function refusalByStore(outcome: Extract<AppendOutcome, { outcome: 'refused' }>): StreamOutcome {
  const { code, message } = outcome;
  if (code === 'append_too_large' || code === 'stream_deleted') {
    return { outcome: 'refused', code, message };
  }
  throw new Error(`The event store was asked for the impossible: ${message}`);
}
