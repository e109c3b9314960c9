import type { ClientBase } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import { lastSequenceBy } from './arrival-table.js';
import { type AsOf, type Moment, type PastRefusal, refused } from './moment.js';

export type ResolvedMoment =
  { readonly outcome: 'resolved'; readonly asOf: Omit<AsOf, 'parked'> } | PastRefusal;

/**
 * The sequence a moment stands for. Of an instant it is the last by which nothing was recorded after
 * it: clocks may step back, so events that say they were recorded earlier may lie behind.
 *
 * @param applied how many events the tables hold
 */
export async function resolveMoment(
  client: ClientBase,
  key: GenerationKey,
  moment: Moment,
  applied: number,
): Promise<ResolvedMoment> {
  if (applied === 0) return refused('as_of_before_ledger', 'No event is applied yet.');
  const tail = applied - 1;
  if (moment.kind === 'sequence') {
    const { sequence } = moment;
    if (sequence <= tail) return resolved(sequence, sequence < tail);
    return refused(
      'as_of_beyond_tail',
      `The read models end at sequence ${tail}; sequence ${sequence} is not applied or not recorded.`,
    );
  }
  const sequence = await lastSequenceBy(client, key, moment.instant);
  if (sequence === undefined) return resolved(tail, false);
  if (sequence >= 0) return resolved(sequence, true);
  return refused('as_of_before_ledger', `Nothing was recorded by ${moment.instant}.`);
}

function resolved(sequence: number, isSettled: boolean): ResolvedMoment {
  return { outcome: 'resolved', asOf: { sequence, isSettled } };
}
