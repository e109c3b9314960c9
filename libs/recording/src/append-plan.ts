import type { DecisionResult } from '#domain';
import { type AnyFold, type KnownStream, tentativeEvent } from './known-stream.js';
import type { PreparedEvent } from './prepared-event.js';
import type { StreamOutcome, WrittenEvent } from './stream-outcome.js';
import type { WaitingDecision, WaitingFact, WaitingWork } from './waiting-work.js';

export interface PlanLimits {
  readonly appendEventsMax: number;
  readonly appendDataBytesMax: number;
  /** Where the plan stops taking items; a first item with more events is taken all the same. */
  readonly eventsWanted: number;
}

type Refused = Extract<StreamOutcome, { outcome: 'refused' | 'unavailable' }>;

/** What an item comes to if the plan is written: events of the plan, events that stand, or no. */
export type PlannedAnswer =
  | { readonly is: 'new'; readonly first: number; readonly count: number }
  | { readonly is: 'repeat_in_plan'; readonly first: number; readonly count: number }
  | { readonly is: 'repeat'; readonly events: readonly WrittenEvent[] }
  | { readonly is: 'refused'; readonly refusal: Refused };

/** One append, and the answers that hold once it is written. */
export interface AppendPlan {
  readonly events: readonly PreparedEvent[];
  /** In the order of the items; the plan takes as many items from the queue as it has answers. */
  readonly answers: readonly PlannedAnswer[];
  /** True where an answer depends on the stream not having grown unseen. */
  readonly refuses: boolean;
}

/**
 * Plans one append for the first of the waiting items: as many as fit, decided one after the
 * other, each on a state that has the earlier ones in it.
 */
export function planAppend(
  known: KnownStream,
  waiting: readonly WaitingWork[],
  limits: PlanLimits,
): AppendPlan {
  const planner = new AppendPlanner(known, limits);
  for (const item of waiting) {
    const fits = item.kind === 'fact' ? planner.addFact(item) : planner.addDecision(item);
    if (!fits) break;
  }
  return planner.plan();
}

class AppendPlanner {
  readonly #known: KnownStream;
  readonly #limits: PlanLimits;
  readonly #events: PreparedEvent[] = [];
  readonly #indexById = new Map<string, number>();
  readonly #answers: PlannedAnswer[] = [];
  readonly #branches = new Map<AnyFold, unknown>();
  #dataBytes = 0;

  constructor(known: KnownStream, limits: PlanLimits) {
    this.#known = known;
    this.#limits = limits;
  }

  plan(): AppendPlan {
    const refuses = this.#answers.some((answer) => answer.is === 'refused');
    return { events: this.#events, answers: this.#answers, refuses };
  }

  /** False where the append is full. */
  addFact({ event }: WaitingFact): boolean {
    const repeat = this.#repeatOf((step) => (step === 0 ? event.eventId : undefined));
    if (repeat) {
      this.#answers.push(repeat);
      return true;
    }
    return this.#addEvents([event]);
  }

  /** False also where the stream is not folded for it: it came while the stream was read. */
  addDecision(item: WaitingDecision): boolean {
    if (!this.#known.hasFold(item.fold)) return false;
    const repeat = this.#repeatOf(item.eventIdOf);
    if (repeat) {
      this.#answers.push(repeat);
      return true;
    }
    const unreadable = this.#known.unreadable(item.fold);
    if (unreadable !== undefined) {
      return this.#refuse({
        outcome: 'unavailable',
        code: 'stream_unreadable',
        message: unreadable,
      });
    }
    const result: DecisionResult = item.decide(this.#branchOf(item.fold));
    if (result.outcome === 'refused') return this.#refuse(result);
    const prepared = item.prepare(result.events);
    if (prepared.outcome === 'refused') return this.#refuse(prepared);
    if (!this.#isWithinLimits(prepared.events, 0, 0)) {
      const message = `The command comes to ${prepared.events.length} events; at most ${this.#limits.appendEventsMax} events and ${this.#limits.appendDataBytesMax} bytes are written at once.`;
      return this.#refuse({ outcome: 'refused', code: 'command_too_large', message });
    }
    return this.#addEvents(prepared.events);
  }

  #refuse(refusal: Refused): true {
    this.#answers.push({ is: 'refused', refusal });
    return true;
  }

  /** Steps are looked for one after the other: events of one item stand next to each other. */
  #repeatOf(idOf: (step: number) => string | undefined): PlannedAnswer | undefined {
    const first = idOf(0) ?? '';
    const planned = this.#indexById.get(first);
    if (planned !== undefined) {
      let count = 1;
      while (this.#indexById.get(idOf(count) ?? '') === planned + count) count += 1;
      return { is: 'repeat_in_plan', first: planned, count };
    }
    const revision = this.#known.revisionOf(first);
    if (revision === undefined) return undefined;
    const events: WrittenEvent[] = [{ eventId: first, revision }];
    for (let step = 1; ; step += 1) {
      const eventId = idOf(step);
      const next = eventId === undefined ? undefined : this.#known.revisionOf(eventId);
      if (eventId === undefined || next === undefined) return { is: 'repeat', events };
      events.push({ eventId, revision: next });
    }
  }

  #addEvents(events: readonly PreparedEvent[]): boolean {
    const isFirst = this.#events.length === 0;
    const count = this.#events.length;
    if (!isFirst && !this.#isWithinLimits(events, count, this.#dataBytes)) return false;
    if (!isFirst && count + events.length > this.#limits.eventsWanted) return false;
    this.#answers.push({ is: 'new', first: this.#events.length, count: events.length });
    for (const event of events) {
      this.#indexById.set(event.eventId, this.#events.length);
      this.#events.push(event);
      this.#dataBytes += event.dataBytes;
      for (const [fold, state] of this.#branches) {
        this.#branches.set(fold, fold.evolve(state, tentativeEvent(this.#known.leaf, event)));
      }
    }
    return true;
  }

  #isWithinLimits(events: readonly PreparedEvent[], count: number, bytes: number): boolean {
    const dataBytes = events.reduce((sum, event) => sum + event.dataBytes, bytes);
    const { appendEventsMax, appendDataBytesMax } = this.#limits;
    return count + events.length <= appendEventsMax && dataBytes <= appendDataBytesMax;
  }

  #branchOf(fold: AnyFold): unknown {
    if (!this.#branches.has(fold)) {
      let state = this.#known.branch(fold);
      for (const event of this.#events) {
        state = fold.evolve(state, tentativeEvent(this.#known.leaf, event));
      }
      this.#branches.set(fold, state);
    }
    return this.#branches.get(fold);
  }
}

/** How many items of the plan have something to write. */
export function writersOf({ answers }: AppendPlan): number {
  return answers.filter(({ is }) => is === 'new').length;
}

/** The answer to an item once the plan stands in the stream that is now known. */
export function outcomeOf(
  answer: PlannedAnswer,
  plan: AppendPlan,
  known: KnownStream,
): StreamOutcome {
  if (answer.is === 'refused') return answer.refusal;
  const position = known.position;
  if (answer.is === 'repeat') {
    return { outcome: 'written', isNew: false, events: answer.events, position };
  }
  const events = plan.events.slice(answer.first, answer.first + answer.count).map(({ eventId }) => {
    const revision = known.revisionOf(eventId);
    if (revision === undefined) throw new Error(`${eventId} was written and is not known.`);
    return { eventId, revision };
  });
  return { outcome: 'written', isNew: answer.is === 'new', events, position };
}
