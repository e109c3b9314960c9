import { Random } from '../fixtures/random.js';

/** What may become of one append. */
export const appendFaults = [
  /** The stream all appends share fails with UNAVAILABLE before the node has seen it. */
  'drop_before_write',
  /** It is written, and the stream fails with UNAVAILABLE instead of an answer. */
  'drop_after_write',
  /** It never reaches the node, and nobody says so. */
  'lose_before_write',
  /** It is written, and its answer never comes. */
  'lose_after_write',
  /** It is written, and nothing comes on this stream from then on. */
  'mute_after_write',
  /** It is written, and the stream ends with OK instead of an answer. */
  'end_after_write',
  /** It is written, and the node says that it ran out of time. */
  'time_out_after_write',
  /** As before, and later the node answers it all the same. */
  'time_out_then_answer',
  /** It is written and answered twice. */
  'answer_twice',
  /** It is written and answered, and an answer to an append that nobody sent comes as well. */
  'answer_to_nobody',
  /**
   * It is written, and answered as one whose ids the node forgot: the stream stands elsewhere. Of use
   * in a script alone, after an attempt that was lost.
   */
  'deny_after_write',
  /** It is written, and the answer does not say where. */
  'omit_position',
  /** It reaches a node that leads no more, which names another one. */
  'not_leader',
] as const;
export type AppendFault = (typeof appendFaults)[number];

/** What may happen to the whole node when an append arrives. */
export const disturbances = [
  /** Its process stands still for a while: connections stay open and nothing passes. */
  'freeze',
  /** It ends in order and starts again, so that it remembers only what is in its log. */
  'restart',
  /** Every live subscription is ended at once, as those of consumers that are too slow. */
  'abort_live',
  /** Every connection is cut. */
  'cut',
] as const;
export type Disturbance = (typeof disturbances)[number];

export interface HostilePlanOptions {
  /** What happens to the first append, the second, and so on. */
  readonly script?: readonly (AppendFault | 'none')[];
  /** What happens to an append, by the id of its first event; instead of a script. */
  readonly faultOf?: (firstEventId: string) => AppendFault | 'none';
  /** How probable each is at every append, from 0 to 1, once the script has ended. */
  readonly chances?: Readonly<Partial<Record<AppendFault | Disturbance, number>>>;
  /** How probable it is, from 0 to 1, that a read or subscription breaks with UNAVAILABLE on its way. */
  readonly brokenReads?: number;
  /** How long the node stands still at most. */
  readonly freezeMillisecondsMax?: number;
  /**
   * A subscription is ended with ABORTED at the live event after so many; `never` lets all live. 32,
   * the live buffer of EventStoreDB 23.10, unless given. The server counts only what its consumer has
   * not read yet; here those that were read count too, so that no subscription lives long.
   */
  readonly liveEventsMax?: number | 'never';
  /** Whether the node never says that a subscription has caught up, as before release 23.10. */
  readonly isSilentAboutCatchUp?: boolean;
}

export interface HostileCounters {
  appends: number;
  abortedSubscriptions: number;
  brokenReads: number;
  /** How often each fault and disturbance was met. */
  readonly met: Record<AppendFault | Disturbance, number>;
}

const LIVE_EVENTS_MAX = 32;
const FREEZE_MILLISECONDS_MAX = 300;
/** A read that breaks does so within so many responses. */
const RESPONSES_BEFORE_BREAK_MAX = 40;

/** Decides what goes wrong next, and counts it. */
export class HostilePlan {
  readonly counters: HostileCounters = {
    appends: 0,
    abortedSubscriptions: 0,
    brokenReads: 0,
    met: Object.fromEntries(
      [...appendFaults, ...disturbances].map((name) => [name, 0]),
    ) as HostileCounters['met'],
  };
  readonly #options: HostilePlanOptions;
  /** One generator each, so that the fate of an append does not hang on what else is decided. */
  readonly #faults: Random;
  readonly #disturbances: Random;
  readonly #reads: Random;

  constructor(options: HostilePlanOptions, seed: number) {
    this.#options = options;
    this.#faults = new Random(seed);
    this.#disturbances = new Random(seed + 1);
    this.#reads = new Random(seed + 2);
  }

  get isSilentAboutCatchUp(): boolean {
    return this.#options.isSilentAboutCatchUp ?? false;
  }

  /** The fault of the next append. */
  nextFault(firstEventId: string): AppendFault | 'none' {
    const { faultOf, script } = this.#options;
    const scripted = faultOf ? faultOf(firstEventId) : script?.[this.counters.appends];
    this.counters.appends += 1;
    return this.#count(scripted ?? this.#draw(this.#faults, appendFaults));
  }

  /** What happens to the node as the next append arrives. */
  nextDisturbance(): Disturbance | 'none' {
    return this.#count(this.#draw(this.#disturbances, disturbances));
  }

  /** How long the node stands still now. */
  freezeMilliseconds(): number {
    const max = this.#options.freezeMillisecondsMax ?? FREEZE_MILLISECONDS_MAX;
    return this.#disturbances.between(1, max);
  }

  /** After how many responses a read breaks; never, where it is infinite. */
  responsesBeforeBreak(): number {
    if (!this.#reads.chance(this.#options.brokenReads ?? 0)) return Number.POSITIVE_INFINITY;
    this.counters.brokenReads += 1;
    return this.#reads.between(0, RESPONSES_BEFORE_BREAK_MAX);
  }

  /** Whether a subscription that is about to pass on its n-th live event is ended instead. */
  abortsAfter(liveEvents: number): boolean {
    const max = this.#options.liveEventsMax ?? LIVE_EVENTS_MAX;
    return max !== 'never' && liveEvents > max;
  }

  #draw<Name extends AppendFault | Disturbance>(
    random: Random,
    names: readonly Name[],
  ): Name | 'none' {
    let rest = random.next();
    for (const name of names) {
      rest -= this.#options.chances?.[name] ?? 0;
      if (rest < 0) return name;
    }
    return 'none';
  }

  #count<Name extends AppendFault | Disturbance>(name: Name | 'none'): Name | 'none' {
    if (name !== 'none') this.counters.met[name] += 1;
    return name;
  }
}
