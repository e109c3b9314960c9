import type { ParkedTotals } from '../parking/read-parked.js';

/** What a past state is asked for: a sequence, or an instant as the ledger writes instants. */
export type Moment =
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'instant'; readonly instant: string };

/** Which past state an answer is. */
export interface AsOf {
  /** The last event that is in it. */
  readonly sequence: number;
  /**
   * False where no later event is applied yet: of an instant, events that were recorded before it may
   * still come.
   */
  readonly isSettled: boolean;
  /** What is parked of the events up to there, of any subject: it is not in the answer. */
  readonly parked: ParkedTotals;
}

export type PastRefusalCode =
  /** Nothing was recorded by then. */
  | 'as_of_before_ledger'
  /** The read models do not hold so many events. */
  | 'as_of_beyond_tail'
  /** More would have to be folded than one read may. */
  | 'as_of_too_far'
  /** The tables were built before it was kept when each event came. */
  | 'as_of_not_kept'
  /** The active read models were derived by rules that this build does not have. */
  | 'as_of_other_build';

/** Why a past state cannot be told. */
export interface PastRefusal {
  readonly outcome: 'refused';
  readonly code: PastRefusalCode;
  readonly message: string;
}

export function refused(code: PastRefusalCode, message: string): PastRefusal {
  return { outcome: 'refused', code, message };
}
