import type { StorePosition } from '#kernel';

/** What the last committed batch did. */
export interface LastBatch {
  readonly events: number;
  readonly subjects: number;
  /** Time for reading state, folding and deriving. */
  readonly foldMilliseconds: number;
  readonly writeMilliseconds: number;
  readonly committedAt: Date;
}

export type StopCode =
  | 'event_unreadable'
  | 'derivation_failed'
  | 'parked_keys_max'
  | 'parked_events_max'
  | 'generation_dropped'
  | 'ledger_differs'
  | 'ledger_not_opened'
  | 'store_behind_checkpoint'
  | 'position_not_increasing'
  | 'tables_differ'
  | 'failed';

/** Why a group does not go on by itself. */
export interface Stop {
  readonly code: StopCode;
  /** What is wrong, where, and what to do. */
  readonly message: string;
  /** The event it stands before, where it is one. */
  readonly event?: {
    readonly leaf: string;
    readonly revision: number;
    readonly eventId: string;
  };
}

export type GroupState =
  | { readonly state: 'starting' | 'catching_up' | 'live' }
  /** Another process holds the group; this one takes over as soon as that one ends or falls silent. */
  | { readonly state: 'standby'; readonly heldBy: string }
  /** PostgreSQL or the event store cannot be reached; the same batch is tried again. */
  | { readonly state: 'retrying'; readonly attempt: number; readonly message: string }
  | ({ readonly state: 'stopped' } & Stop);

/** How a group is doing, for health and metrics. */
export interface GroupProgress {
  readonly groupName: string;
  readonly state: GroupState;
  /** How many ledger events are applied. */
  readonly sequence: number;
  readonly position: StorePosition | undefined;
  readonly epoch: number;
  readonly lastBatch: LastBatch | undefined;
  /** Keys that wait for somebody to act, and the events that are not applied because of them. */
  readonly parkedKeys: number;
  readonly parkedEvents: number;
  /** Over the last ten seconds. */
  readonly eventsPerSecond: number;
  /** Events of this run whose id their home had already; must stay at zero. */
  readonly repeated: number;
}

const rateWindowMilliseconds = 10_000;

/** Events a second over a sliding window. */
export class RateMeter {
  private readonly marks: { readonly at: number; readonly events: number }[] = [];

  add(events: number, at: number): void {
    this.marks.push({ at, events });
    while ((this.marks[0]?.at ?? at) < at - rateWindowMilliseconds) this.marks.shift();
  }

  /** The first mark only says when the window begins. */
  eventsPerSecond(): number {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    const events = this.marks.slice(1).reduce((sum, mark) => sum + mark.events, 0);
    return Math.round((events * 1000) / (last.at - first.at));
  }
}
