import type { OfThePast } from '../../http/reads/past-read-models.js';

/** Which past an answer is; nothing where it is of now. */
export function asOfLines({ asOf }: OfThePast): readonly string[] {
  if (asOf === undefined) return [];
  const open = asOf.isSettled
    ? ''
    : ', the last one applied: what comes later may still belong here';
  const { events } = asOf.parked;
  const parked = events === 0 ? [] : [`without ${events} parked events up to there`];
  return [`as of sequence ${asOf.sequence}${open}`, ...parked, ''];
}
