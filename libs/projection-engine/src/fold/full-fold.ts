import { Clusters } from './clusters.js';
import { type GroupPlan, rowsOfSubject } from './derive-rows.js';
import type { MemoryGraph } from './memory-graph.js';
import type { DerivedRow } from './table-plan.js';

/** One subject and the rows that stem from it. */
export interface SubjectRows {
  readonly subject: string;
  readonly rows: readonly DerivedRow[];
}

/** Derives every subject of a ledger from all its facts, without any state of earlier batches. */
export function* foldAll<Event, View>(
  plan: GroupPlan<Event, View>,
  graph: MemoryGraph<Event>,
): Generator<SubjectRows, void, void> {
  const clusters = new Clusters(graph, graph.names());
  for (const subject of graph.names()) {
    const rows = rowsOfSubject(plan, graph, clusters, subject);
    if (rows !== undefined) yield { subject, rows };
  }
}
