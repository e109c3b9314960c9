import { Clusters } from './clusters.js';
import { type GroupPlan, rowsOfSubject } from './derive-rows.js';
import type { Need } from './fact-graph.js';
import type { Fact } from './home.js';
import { type TableChange, TableChanges } from './table-changes.js';
import type { DerivedRow } from './table-plan.js';
import { breath, type Loading, touchedSubjects } from './touched-subjects.js';
import type { Reach, WorkingGraph } from './working-graph.js';

/** So many subjects are derived, a few milliseconds' work, before other work is let go on. */
const subjectsPerBreath = 64;

/** New facts of one home. */
export interface HomeAppend<Event> {
  readonly home: string;
  /** The home had no fact before. */
  readonly opened: boolean;
  readonly facts: readonly Fact<Event>[];
}

/** All that a batch changes. */
export interface BatchFold<Event> {
  readonly homeAppends: readonly HomeAppend<Event>[];
  readonly reach: readonly Reach[];
  readonly tables: readonly TableChange[];
  /** Facts left out because their home had an event of their id already. */
  readonly repeated: number;
  /** The rows of each touched subject after the batch. */
  readonly rowsBySubject: ReadonlyMap<string, readonly DerivedRow[]>;
}

/**
 * Folds a batch of facts. It does no input or output itself: it yields what it has to know next, one
 * level of names at a time, and its driver loads that into the working graph.
 *
 * @param rowsBefore the rows last derived for a subject where they are still known; else they are
 *   derived again from the facts before the batch.
 * @throws DerivationError where the definition cannot derive a touched subject.
 */
export function* foldBatch<Event, View>(
  plan: GroupPlan<Event, View>,
  graph: WorkingGraph<Event>,
  facts: readonly Fact<Event>[],
  rowsBefore: (subject: string) => readonly DerivedRow[] | undefined,
): Loading<BatchFold<Event>> {
  const factsByHome = groupByHome(facts);
  const missing = graph.missing(directNeed(facts));
  if (missing) yield missing;

  const homeAppends: HomeAppend<Event>[] = [];
  const reach: Reach[] = [];
  let addedCount = 0;
  for (const [home, factsOfHome] of factsByHome) {
    const opened = graph.before.node(home).home.events.length === 0;
    const { added, reach: addedReach } = graph.add(home, factsOfHome);
    if (added.length === 0) continue;
    addedCount += added.length;
    homeAppends.push({ home, opened, facts: added });
    for (const item of addedReach) reach.push(item);
  }

  const { touched, expanded } = yield* touchedSubjects(graph);
  const after = new Clusters(graph.after, expanded);
  let before: Clusters<Event> | undefined;
  const changes = new TableChanges();
  const rowsBySubject = new Map<string, readonly DerivedRow[]>();
  let derivedCount = 0;
  for (const subject of touched) {
    derivedCount += 1;
    if (derivedCount % subjectsPerBreath === 0) yield breath;
    const derived = rowsOfSubject(plan, graph.after, after, subject);
    // Facts are only ever added, so that a name that is no subject now was none before.
    if (derived === undefined) continue;
    let known = rowsBefore(subject);
    if (known === undefined) {
      before ??= new Clusters(graph.before, expanded);
      known = rowsOfSubject(plan, graph.before, before, subject);
    }
    rowsBySubject.set(subject, derived);
    changes.replace(known ?? [], derived);
  }
  const repeated = facts.length - addedCount;
  return { homeAppends, reach, tables: changes.changes(), repeated, rowsBySubject };
}

function groupByHome<Event>(
  facts: readonly Fact<Event>[],
): ReadonlyMap<string, readonly Fact<Event>[]> {
  const groups = new Map<string, Fact<Event>[]>();
  for (const fact of facts) {
    const group = groups.get(fact.placement.home);
    if (group === undefined) groups.set(fact.placement.home, [fact]);
    else group.push(fact);
  }
  return groups;
}

/** What the placements alone say will be asked for, so that the first level asks for it at once. */
function directNeed(facts: readonly Fact<unknown>[]): Need {
  const names: string[] = [];
  const readers: string[] = [];
  for (const { placement } of facts) {
    names.push(placement.home);
    readers.push(placement.home);
    for (const name of placement.connects) names.push(name);
    for (const name of placement.subjects) names.push(name);
    for (const name of placement.absorbedBy) names.push(name);
    for (const name of placement.reads) names.push(name);
  }
  return { names, readers };
}
