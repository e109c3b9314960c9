import type { Loading } from '../fold/touched-subjects.js';
import type { WorkingGraph } from '../fold/working-graph.js';

/**
 * Every name that belongs together with the names given: the homes of their clusters, the subjects
 * these name and are absorbed by, and the homes that name or are absorbed by one of them.
 *
 * A fact at any of these could change a subject that is derived from the names given, so it waits.
 * What such a home reads is not among them, nor is what reads it: one order would else hold every
 * order with one of its items.
 *
 * As long as facts at these names wait, nothing comes to belong to them: the set is worked out once,
 * when the first of them is parked, and is right from then on.
 */
export function* namesBehind<Event>(
  graph: WorkingGraph<Event>,
  names: readonly string[],
): Loading<ReadonlySet<string>> {
  const behind = new Set(names);
  let level: readonly string[] = [...behind];
  while (level.length > 0) {
    const missing = graph.missing({ names: level, readers: [] });
    if (missing) yield missing;
    const found: string[] = [];
    for (const name of level) {
      const { home, connects, subjects, absorbed } = graph.after.node(name);
      const neighbours = [home.connects, home.subjects, home.absorbedBy];
      for (const list of [...neighbours, connects, subjects, absorbed]) {
        for (const other of list) {
          if (behind.has(other)) continue;
          behind.add(other);
          found.push(other);
        }
      }
    }
    level = found;
  }
  return behind;
}
