import type { Placement } from '../contract.js';

/** One event with the name it is told apart by and the place it belongs to. */
export interface Fact<Event> {
  readonly eventId: string;
  readonly event: Event;
  readonly placement: Placement;
}

/** The facts of one home, sorted by event id, and the names that any of them gives. */
export interface Home<Event> {
  readonly eventIds: readonly string[];
  readonly events: readonly Event[];
  readonly connects: readonly string[];
  readonly subjects: readonly string[];
  readonly reads: readonly string[];
  readonly absorbedBy: readonly string[];
}

/** A home without a fact: a name that others use, or nothing at all. */
export const emptyHome: Home<never> = {
  eventIds: [],
  events: [],
  connects: [],
  subjects: [],
  reads: [],
  absorbedBy: [],
};

export interface Enlarged<Event> {
  readonly home: Home<Event>;
  /** The facts that were new to the home, in the order given. */
  readonly added: readonly Fact<Event>[];
}

/**
 * A home with further facts. A fact whose event id the home has already is left out: the state is a
 * function of the set of facts.
 */
export function enlargeHome<Event>(
  home: Home<Event>,
  facts: readonly Fact<Event>[],
): Enlarged<Event> {
  const eventIds = [...home.eventIds];
  const events = [...home.events];
  const added: Fact<Event>[] = [];
  for (const fact of facts) {
    const index = lowerBound(eventIds, fact.eventId);
    if (eventIds[index] === fact.eventId) continue;
    eventIds.splice(index, 0, fact.eventId);
    events.splice(index, 0, fact.event);
    added.push(fact);
  }
  if (added.length === 0) return { home, added };
  const enlarged: Home<Event> = {
    eventIds,
    events,
    connects: withNames(home.connects, added, (placement) => placement.connects),
    subjects: withNames(home.subjects, added, (placement) => placement.subjects),
    reads: withNames(home.reads, added, (placement) => placement.reads),
    absorbedBy: withNames(home.absorbedBy, added, (placement) => placement.absorbedBy),
  };
  return { home: enlarged, added };
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withNames<Event>(
  known: readonly string[],
  added: readonly Fact<Event>[],
  namesOf: (placement: Placement) => readonly string[],
): readonly string[] {
  let all: Set<string> | undefined;
  for (const { placement } of added) {
    for (const name of namesOf(placement)) (all ??= new Set(known)).add(name);
  }
  return all === undefined || all.size === known.length ? known : [...all];
}
