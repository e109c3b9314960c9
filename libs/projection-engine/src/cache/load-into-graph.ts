import { type NameNode, type Need, unusedName } from '../fold/fact-graph.js';
import type { WorkingGraph } from '../fold/working-graph.js';
import type { FactCache } from './fact-cache.js';

/** What the tables say about names; a name that is missing from a map is in no row. */
export interface StoredFacts<Event> {
  readonly nodes: ReadonlyMap<string, NameNode<Event>>;
  readonly readers: ReadonlyMap<string, readonly string[]>;
}

const nobody: readonly string[] = [];

/**
 * Puts what is needed into the working graph: from the cache where it is known, and all the rest with
 * one query.
 */
export async function loadIntoGraph<Event>(
  need: Need,
  graph: WorkingGraph<Event>,
  cache: FactCache<Event>,
  query: (need: Need) => Promise<StoredFacts<Event>>,
): Promise<void> {
  const unknown = { names: [] as string[], readers: [] as string[] };
  for (const name of need.names) {
    const node = cache.node(name);
    if (node === undefined) unknown.names.push(name);
    else graph.put(name, node);
  }
  for (const name of need.readers) {
    const homes = cache.readersOf(name);
    if (homes === undefined) unknown.readers.push(name);
    else graph.putReaders(name, homes);
  }
  if (unknown.names.length + unknown.readers.length === 0) return;
  const stored = await query(unknown);
  for (const name of unknown.names) {
    const node = stored.nodes.get(name) ?? unusedName;
    graph.put(name, node);
    cache.put(name, node);
  }
  for (const name of unknown.readers) {
    const homes = stored.readers.get(name) ?? nobody;
    graph.putReaders(name, homes);
    cache.putReaders(name, homes);
  }
}
