import { Random } from '../fixtures/random.js';

/**
 * What happens to one append: nothing, its stream is cut off before the node has seen it, its stream
 * is cut off when the node has written and answered it, or its answer comes twice.
 */
export type AppendFault = 'none' | 'drop_before_write' | 'drop_after_write' | 'answer_twice';

export interface HostilePlanOptions {
  /** What happens to the first append, the second, and so on. */
  readonly script?: readonly AppendFault[];
  /** How probable each fault is, from 0 to 1, once the script has ended. */
  readonly chances?: Readonly<Partial<Record<Exclude<AppendFault, 'none'>, number>>>;
  /**
   * A subscription is ended with ABORTED at the live event after so many; `never` lets all live. 32,
   * the live buffer of EventStoreDB 23.10, unless given.
   */
  readonly liveEventsMax?: number | 'never';
}

export interface HostileCounters {
  appends: number;
  droppedBeforeWrite: number;
  droppedAfterWrite: number;
  answeredTwice: number;
  abortedSubscriptions: number;
}

const LIVE_EVENTS_MAX = 32;

/** Decides what goes wrong next, and counts it. */
export class HostilePlan {
  readonly counters: HostileCounters = {
    appends: 0,
    droppedBeforeWrite: 0,
    droppedAfterWrite: 0,
    answeredTwice: 0,
    abortedSubscriptions: 0,
  };
  readonly #options: HostilePlanOptions;
  readonly #random: Random;

  constructor(options: HostilePlanOptions, seed: number) {
    this.#options = options;
    this.#random = new Random(seed);
  }

  /** The fault of the next append. */
  nextFault(): AppendFault {
    const scripted = this.#options.script?.[this.counters.appends];
    this.counters.appends += 1;
    const fault = scripted ?? this.#drawFault();
    if (fault === 'drop_before_write') this.counters.droppedBeforeWrite += 1;
    if (fault === 'drop_after_write') this.counters.droppedAfterWrite += 1;
    if (fault === 'answer_twice') this.counters.answeredTwice += 1;
    return fault;
  }

  /** Whether a subscription that is about to pass on its n-th live event is ended instead. */
  abortsAfter(liveEvents: number): boolean {
    const max = this.#options.liveEventsMax ?? LIVE_EVENTS_MAX;
    if (max === 'never' || liveEvents <= max) return false;
    this.counters.abortedSubscriptions += 1;
    return true;
  }

  #drawFault(): AppendFault {
    let rest = this.#random.next();
    for (const fault of ['drop_before_write', 'drop_after_write', 'answer_twice'] as const) {
      rest -= this.#options.chances?.[fault] ?? 0;
      if (rest < 0) return fault;
    }
    return 'none';
  }
}
