import type { Need } from './fact-graph.js';
import type { WorkingGraph } from './working-graph.js';

/** The names whose rows a batch may change, and every name their derivation looks at. */
export interface TouchedSubjects {
  /** Homes and subjects, and names that may turn out to be neither. */
  readonly touched: ReadonlySet<string>;
  /** Names of whole clusters: what of the graph is loaded. */
  readonly expanded: ReadonlySet<string>;
}

/** Asks for names to be loaded into the working graph, and goes on once they are. */
export type Loading<Result> = Generator<Need, Result, void>;

const none: readonly string[] = [];

/**
 * Asks for nothing: a fold yields it now and then, so that its driver can let other work go on. The
 * batch before is being written meanwhile, and its every statement waits for the event loop.
 */
export const breath: Need = { names: none, readers: none };

/**
 * Finds what changed homes touch, those the working graph was given facts for where none are named,
 * and loads what deriving that needs.
 *
 * A subject's rows depend on its clusters, on the homes these read, and on whole subjects it absorbs;
 * so the way runs from the changed homes to their clusters, to the clusters that read a changed home,
 * to the subjects these name, and up to whatever absorbs one of them.
 */
export function* touchedSubjects<Event>(
  graph: WorkingGraph<Event>,
  changed: readonly string[] = graph.changedHomes(),
): Loading<TouchedSubjects> {
  const expanded = new Set<string>();
  yield* expandClusters(graph, changed, expanded);
  yield* load(graph, { names: none, readers: changed });
  const readers = changed.flatMap((name) => graph.readersOf(name));
  yield* expandClusters(graph, readers, expanded);

  const touched = new Set(expanded);
  for (const name of expanded) {
    for (const subject of graph.after.node(name).home.subjects) touched.add(subject);
  }
  // Both walks load the names they come by; the second reaches what only has to be looked at.
  yield* follow(graph, touched, (name) => graph.after.node(name).home.absorbedBy);
  yield* expandDerivations(graph, touched, expanded);
  return { touched, expanded };
}

/** Loads all that deriving some subjects looks at, and adds its clusters to what is expanded. */
export function* expandDerivations<Event>(
  graph: WorkingGraph<Event>,
  subjects: Iterable<string>,
  expanded: Set<string>,
): Loading<void> {
  const derived = new Set(subjects);
  yield* follow(graph, derived, (name) => graph.after.node(name).absorbed);
  const seeds = [...derived];
  for (const name of derived) {
    for (const home of graph.after.node(name).subjects) seeds.push(home);
  }
  yield* expandClusters(graph, seeds, expanded);
  const reads: string[] = [];
  for (const name of expanded) {
    for (const read of graph.after.node(name).home.reads) reads.push(read);
  }
  yield* load(graph, { names: reads, readers: none });
}

/** Adds the clusters of names to what is expanded, level by level. */
function* expandClusters<Event>(
  graph: WorkingGraph<Event>,
  seeds: readonly string[],
  expanded: Set<string>,
): Loading<void> {
  let level = addNew(expanded, seeds);
  while (level.length > 0) {
    yield* load(graph, { names: level, readers: none });
    const found: string[] = [];
    for (const name of level) {
      const { home, connects } = graph.after.node(name);
      for (const other of home.connects) found.push(other);
      for (const other of connects) found.push(other);
    }
    level = addNew(expanded, found);
  }
}

/** Loads names and adds all those they lead to, however far. */
function* follow<Event>(
  graph: WorkingGraph<Event>,
  names: Set<string>,
  next: (name: string) => readonly string[],
): Loading<void> {
  let level = [...names];
  while (level.length > 0) {
    yield* load(graph, { names: level, readers: none });
    const found: string[] = [];
    for (const name of level) for (const other of next(name)) found.push(other);
    level = addNew(names, found);
  }
}

function addNew(known: Set<string>, names: readonly string[]): string[] {
  const added: string[] = [];
  for (const name of names) {
    if (known.has(name)) continue;
    known.add(name);
    added.push(name);
  }
  return added;
}

/** Asks for what of a need is not there yet. */
export function* load<Event>(graph: WorkingGraph<Event>, need: Need): Loading<void> {
  const missing = graph.missing(need);
  if (missing) yield missing;
}
