import { type CategorySums, type EventSum, noEvents } from '../postgres/category-sums.js';

/** What the store holds up to the checkpoint, or what was applied. */
export interface AppliedEvents {
  readonly events: number;
  /** The sum of leaf digests modulo 2^256, in hexadecimal. */
  readonly digestSum: string;
}

/** A category of streams, and what differs there. */
export interface CategoryDifference {
  readonly category: string;
  readonly applied: AppliedEvents;
  readonly stored: AppliedEvents;
}

/** Where two counts by category are not the same, in the order of the names. */
export function differingCategories(
  applied: CategorySums,
  stored: CategorySums,
): readonly CategoryDifference[] {
  const names = [...new Set([...applied.keys(), ...stored.keys()])].sort();
  return names.flatMap((category) => {
    const ours = applied.get(category) ?? noEvents;
    const theirs = stored.get(category) ?? noEvents;
    if (isSame(ours, theirs)) return [];
    return [{ category, applied: toldOf(ours), stored: toldOf(theirs) }];
  });
}

export function isSame(left: EventSum, right: EventSum): boolean {
  return left.events === right.events && left.digestSum === right.digestSum;
}

export function toldOf({ events, digestSum }: EventSum): AppliedEvents {
  return { events, digestSum: digestSum.toString(16) };
}
