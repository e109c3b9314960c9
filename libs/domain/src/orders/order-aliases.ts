import type { ResolvedEvent } from '../resolution/resolve.js';
import { mergesInForce } from './merges.js';

export interface OrderAliases {
  /** The order that stands for this one; itself where it is no other name. */
  readonly survivor: string;
  /** The orders that are other names of this one, directly or through others. */
  readonly aliases: readonly string[];
}

/**
 * Which order stands for an order that several systems captured under their own ids. The tie or the
 * decision lies on the alias and names the survivor. An alias tied to several survivors keeps the
 * first; where ties run in a circle the least name survives.
 */
export function survivingOrder(order: string, events: readonly ResolvedEvent[]): OrderAliases {
  const tiedTo = new Map<string, string>();
  for (const { alias, survivor } of mergesInForce(events)) {
    if (!tiedTo.has(alias)) tiedTo.set(alias, survivor);
  }
  const survivors = new Map<string, string>();
  const aliases = [...tiedTo.keys()].filter(
    (alias) => alias !== order && survivorOf(alias, tiedTo, survivors) === order,
  );
  return { survivor: survivorOf(order, tiedTo, survivors), aliases: aliases.sort() };
}

/** Follows the ties to their end and remembers it for all on the way, so that each is walked once. */
function survivorOf(
  order: string,
  tiedTo: ReadonlyMap<string, string>,
  survivors: Map<string, string>,
): string {
  const walked = new Set<string>();
  let current = order;
  let survivor = survivors.get(current);
  while (survivor === undefined) {
    walked.add(current);
    const next = tiedTo.get(current);
    if (next === undefined) survivor = current;
    else if (walked.has(next)) survivor = leastOfCircle(next, tiedTo);
    else survivor = survivors.get((current = next));
  }
  for (const each of walked) survivors.set(each, survivor);
  return survivor;
}

function leastOfCircle(start: string, tiedTo: ReadonlyMap<string, string>): string {
  let least = start;
  for (
    let current = tiedTo.get(start);
    current !== undefined && current !== start;
    current = tiedTo.get(current)
  ) {
    if (current < least) least = current;
  }
  return least;
}
