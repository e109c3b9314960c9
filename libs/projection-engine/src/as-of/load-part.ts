import { setImmediate } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { GroupDefinition } from '../contract.js';
import { type Need, unusedName } from '../fold/fact-graph.js';
import { breath, type Loading } from '../fold/touched-subjects.js';
import { WorkingGraph } from '../fold/working-graph.js';
import { readStoredFacts } from '../postgres/stored-facts.js';

/** So many names are read with one query, so that no statement takes long. */
const namesPerQuery = 5_000;

/** A part of the graph as the tables hold it now, and what was found to be needed of it. */
export interface Loaded<Event, Result> {
  readonly graph: WorkingGraph<Event>;
  readonly result: Result;
}

/**
 * Runs a loading over a graph of its own, from the state rows of a generation.
 *
 * @returns undefined where more names would have to be loaded than may be.
 */
export async function loadPart<Event, View, Result>(
  client: ClientBase,
  definition: GroupDefinition<Event, View>,
  generation: number,
  loadedNamesMax: number,
  loading: (graph: WorkingGraph<Event>) => Loading<Result>,
): Promise<Loaded<Event, Result> | undefined> {
  const graph = new WorkingGraph<Event>();
  const steps = loading(graph);
  let step = steps.next();
  let names = 0;
  while (!step.done) {
    if (step.value === breath) await setImmediate();
    for (const need of slices(step.value)) {
      names += need.names.length + need.readers.length;
      if (names > loadedNamesMax) return undefined;
      const stored = await readStoredFacts(client, definition, generation, need);
      for (const name of need.names) graph.put(name, stored.nodes.get(name) ?? unusedName);
      for (const name of need.readers) graph.putReaders(name, stored.readers.get(name) ?? []);
    }
    step = steps.next();
  }
  return { graph, result: step.value };
}

function* slices({ names, readers }: Need): Generator<Need, void, void> {
  for (let start = 0; start < names.length; start += namesPerQuery) {
    yield { names: names.slice(start, start + namesPerQuery), readers: [] };
  }
  for (let start = 0; start < readers.length; start += namesPerQuery) {
    yield { names: [], readers: readers.slice(start, start + namesPerQuery) };
  }
}
