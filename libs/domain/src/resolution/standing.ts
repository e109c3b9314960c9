/**
 * Whether an event counts: `effective` moves what it speaks of; `corroborates` is another witness;
 * `superseded` was replaced by a better statement; `annulled` was corrected away.
 */
export type Standing = 'effective' | 'corroborates' | 'superseded' | 'annulled';

/** The standing of events by fact id, with the event that outranks, replaces or annuls each. */
export type Verdicts = Map<
  string,
  { readonly standing: Standing; readonly because: string | null }
>;
