import { setImmediate } from 'node:timers/promises';
import { Clusters } from '../fold/clusters.js';
import { type GroupPlan, rowsOfSubject } from '../fold/derive-rows.js';
import type { FactGraph } from '../fold/fact-graph.js';
import type { MemoryGraph } from '../fold/memory-graph.js';
import { type TableChange, TableChanges } from '../fold/table-changes.js';
import type { DerivedRow } from '../fold/table-plan.js';

/** So many subjects are derived before other work is let go on. */
const subjectsPerBreath = 32;

/** Which tables are asked for; the rows of others are left out. */
export type Wanted = (tableName: string) => boolean;

/** The rows of some subjects as they were, with nothing beside them. */
export async function rowsOfThen<Event, View>(
  plan: GroupPlan<Event, View>,
  past: MemoryGraph<Event>,
  subjects: Iterable<string>,
  wanted: Wanted,
): Promise<readonly TableChange[]> {
  const clusters = new Clusters(past, past.names());
  const changes = new TableChanges();
  for await (const subject of breathing(subjects)) {
    changes.add(only(wanted, rowsOfSubject(plan, past, clusters, subject)));
  }
  return changes.changes();
}

/**
 * What has to be changed in the tables of a base, so that they are as they were: each touched
 * subject's rows of the base go, and its rows of then come.
 *
 * @param base its facts, and the names among which its clusters are looked for
 */
export async function differencesToThen<Event, View>(
  plan: GroupPlan<Event, View>,
  base: { readonly graph: FactGraph<Event>; readonly names: Iterable<string> },
  past: MemoryGraph<Event>,
  touched: Iterable<string>,
  wanted: Wanted,
): Promise<readonly TableChange[]> {
  const clustersOfBase = new Clusters(base.graph, base.names);
  const clustersThen = new Clusters(past, past.names());
  const changes = new TableChanges();
  for await (const subject of breathing(touched)) {
    changes.replace(
      only(wanted, rowsOfSubject(plan, base.graph, clustersOfBase, subject)),
      only(wanted, rowsOfSubject(plan, past, clustersThen, subject)),
    );
  }
  return changes.changes();
}

/** Deriving may take seconds, and the thread answers other requests as well. */
async function* breathing(subjects: Iterable<string>): AsyncGenerator<string, void, void> {
  let count = 0;
  for (const subject of subjects) {
    count += 1;
    if (count % subjectsPerBreath === 0) await setImmediate();
    yield subject;
  }
}

function only(wanted: Wanted, rows: readonly DerivedRow[] | undefined): readonly DerivedRow[] {
  return rows?.filter(({ plan }) => wanted(plan.table.name)) ?? [];
}
