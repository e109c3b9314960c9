import { setImmediate } from 'node:timers/promises';
import { Clusters } from '../fold/clusters.js';
import { type GroupPlan, rowsOfSubject } from '../fold/derive-rows.js';
import type { FactGraph } from '../fold/fact-graph.js';
import type { MemoryGraph } from '../fold/memory-graph.js';
import { type TableChange, TableChanges } from '../fold/table-changes.js';
import type { DerivedRow } from '../fold/table-plan.js';

/** So many subjects are derived before other work is let go on. */
const subjectsPerBreath = 32;

/** Rows of the past by table: in place of what is there now, or all that there were. */
export interface PastTables {
  readonly kind: 'differences' | 'whole';
  readonly changes: readonly TableChange[];
}

/** Which tables are asked for; the rows of others are left out. */
export type Wanted = (tableName: string) => boolean;

/** The rows of some subjects as they were, with nothing beside them. */
export async function rowsOfThen<Event, View>(
  plan: GroupPlan<Event, View>,
  past: MemoryGraph<Event>,
  subjects: Iterable<string>,
  wanted: Wanted,
): Promise<PastTables> {
  const clusters = new Clusters(past, past.names());
  const changes = new TableChanges();
  for await (const subject of breathing(subjects)) {
    changes.add(only(wanted, rowsOfSubject(plan, past, clusters, subject)));
  }
  return { kind: 'whole', changes: changes.changes() };
}

/**
 * What has to be changed in the tables as they are now, so that they are as they were: each touched
 * subject's rows of now go, and its rows of then come.
 */
export async function differencesToThen<Event, View>(
  plan: GroupPlan<Event, View>,
  now: { readonly graph: FactGraph<Event>; readonly expanded: ReadonlySet<string> },
  past: MemoryGraph<Event>,
  touched: Iterable<string>,
  wanted: Wanted,
): Promise<PastTables> {
  const clustersNow = new Clusters(now.graph, now.expanded);
  const clustersThen = new Clusters(past, past.names());
  const changes = new TableChanges();
  for await (const subject of breathing(touched)) {
    changes.replace(
      only(wanted, rowsOfSubject(plan, now.graph, clustersNow, subject)),
      only(wanted, rowsOfSubject(plan, past, clustersThen, subject)),
    );
  }
  return { kind: 'differences', changes: changes.changes() };
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
