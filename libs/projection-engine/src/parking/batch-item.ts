import type { EngineEvent, GroupDefinition } from '../contract.js';
import type { Fact } from '../fold/home.js';
import { factOf, UnreadableEventError } from '../run/stored-event.js';

/** An event as a batch meets it: as it was stored, and as far as it could be read. */
export interface BatchItem<Event> {
  readonly stored: EngineEvent;
  /** Undefined where it cannot be read. */
  readonly fact: Fact<Event> | undefined;
  /** Why it cannot be read; undefined where it can. */
  readonly unreadable: string | undefined;
}

/** Reads and places an event; what cannot be read is named, and never skipped. */
export function itemOf<Event, View>(
  definition: GroupDefinition<Event, View>,
  stored: EngineEvent,
): BatchItem<Event> {
  try {
    return { stored, fact: factOf(definition, stored), unreadable: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableEventError)) throw error;
    return { stored, fact: undefined, unreadable: error.message };
  }
}

/**
 * The names of which an event's own facts are: what later events wait behind once it is parked. Of
 * an unreadable one only the stream is known. The stream of a readable one is none of them: it may
 * hold thousands of other happenings, as that of an item at a hot node does.
 */
export function ownNamesOf({ stored, fact }: BatchItem<unknown>): readonly string[] {
  if (fact === undefined) return [stored.leaf];
  const { home, connects, subjects, absorbedBy } = fact.placement;
  return [home, ...connects, ...subjects, ...absorbedBy];
}

/** The names by which an event meets what is parked: what it reads, and its stream, among them. */
export function metNamesOf(item: BatchItem<unknown>): readonly string[] {
  const { stored, fact } = item;
  if (fact === undefined) return [stored.leaf];
  return [stored.leaf, ...ownNamesOf(item), ...fact.placement.reads];
}
