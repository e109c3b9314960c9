import type { GroupDefinition } from '../contract.js';
import type { FactGraph } from '../fold/fact-graph.js';
import { MemoryGraph } from '../fold/memory-graph.js';
import type { Loading } from '../fold/touched-subjects.js';
import { expandDerivations, load, touchedSubjects } from '../fold/touched-subjects.js';
import type { WorkingGraph } from '../fold/working-graph.js';

/** The facts up to a sequence of the homes named, which form clusters of their own. */
export function pastGraphOf<Event, View>(
  definition: GroupDefinition<Event, View>,
  graph: FactGraph<Event>,
  homes: Iterable<string>,
  lastSequence: number,
): MemoryGraph<Event> {
  const past = new MemoryGraph<Event>();
  for (const name of homes) {
    const { home } = graph.node(name);
    for (const [index, event] of home.events.entries()) {
      if (definition.sequenceOf(event) > lastSequence) continue;
      const eventId = home.eventIds[index] ?? '';
      past.add({ eventId, event, placement: definition.placementOf(event) });
    }
  }
  return past;
}

/** What of the graph is loaded, and what of it is to be derived. */
export interface LoadedPart {
  readonly subjects: ReadonlySet<string>;
  /** Names of whole clusters. */
  readonly expanded: ReadonlySet<string>;
  /** Every name whose facts take part: those expanded, and what they read. */
  readonly homes: ReadonlySet<string>;
}

/**
 * Loads all that deriving some subjects looks at. Facts are only ever added, so that whatever a
 * subject was derived from in the past is among what it is derived from now.
 */
export function* loadSubjects<Event>(
  graph: WorkingGraph<Event>,
  subjects: readonly string[],
): Loading<LoadedPart> {
  const expanded = new Set<string>();
  yield* expandDerivations(graph, subjects, expanded);
  return partOf(graph, new Set(subjects), expanded);
}

/** Loads what the facts of a range of sequences touched, of homes that may have got some. */
export function* loadTouchedBetween<Event, View>(
  definition: GroupDefinition<Event, View>,
  graph: WorkingGraph<Event>,
  candidates: readonly string[],
  { first, last }: { readonly first: number; readonly last: number },
): Loading<LoadedPart> {
  yield* load(graph, { names: candidates, readers: [] });
  const isBetween = (event: Event): boolean => {
    const sequence = definition.sequenceOf(event);
    return sequence >= first && sequence <= last;
  };
  const changed = candidates.filter((name) => graph.after.node(name).home.events.some(isBetween));
  const { touched, expanded } = yield* touchedSubjects(graph, changed);
  return partOf(graph, touched, expanded);
}

/** Loads homes alone: their facts up to a sequence are all that there were. */
export function* loadHomes<Event>(
  graph: WorkingGraph<Event>,
  homes: readonly string[],
): Loading<LoadedPart> {
  yield* load(graph, { names: homes, readers: [] });
  return { subjects: new Set(), expanded: new Set(), homes: new Set(homes) };
}

function partOf<Event>(
  graph: WorkingGraph<Event>,
  subjects: ReadonlySet<string>,
  expanded: ReadonlySet<string>,
): LoadedPart {
  const homes = new Set(expanded);
  for (const name of expanded) {
    for (const read of graph.after.node(name).home.reads) homes.add(read);
  }
  return { subjects, expanded, homes };
}
