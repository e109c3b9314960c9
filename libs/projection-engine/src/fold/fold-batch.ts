import { Clusters } from './clusters.js';
import { DerivationError, type GroupPlan, rowsOfSubject } from './derive-rows.js';
import { Growth, type HomeAppend } from './growth.js';
import type { Fact } from './home.js';
import { homesBehind } from './subject-facts.js';
import { type TableChange, TableChanges } from './table-changes.js';
import type { DerivedRow } from './table-plan.js';
import { breath, type Loading, touchedSubjects } from './touched-subjects.js';
import type { Reach, WorkingGraph } from './working-graph.js';

/** So many subjects are derived, a few milliseconds' work, before other work is let go on. */
const subjectsPerBreath = 64;

/** A subject whose rows cannot be derived with the batch's facts, or could not be before them. */
export interface FailedSubject {
  readonly subject: string;
  readonly message: string;
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
  /** Where there are any, nothing of the fold may be written. */
  readonly failures: readonly FailedSubject[];
  /** The homes that a touched subject is derived from, those it reads and absorbs among them. */
  readonly homesBehind: (subject: string) => ReadonlySet<string>;
}

/**
 * Folds a batch of facts. It does no input or output itself: it yields what it has to know next, one
 * level of names at a time, and its driver loads that into the working graph.
 *
 * @param rowsBefore the rows last derived for a subject where they are still known; else they are
 *   derived again from the facts before the batch.
 */
export function* foldBatch<Event, View>(
  plan: GroupPlan<Event, View>,
  graph: WorkingGraph<Event>,
  facts: readonly Fact<Event>[],
  rowsBefore: (subject: string) => readonly DerivedRow[] | undefined,
): Loading<BatchFold<Event>> {
  const growth = new Growth(graph);
  yield* growth.add(facts);
  return yield* foldGrowth(plan, growth, rowsBefore);
}

/** Folds facts that were added to a working graph already; see {@link foldBatch}. */
export function* foldGrowth<Event, View>(
  plan: GroupPlan<Event, View>,
  growth: Growth<Event>,
  rowsBefore: (subject: string) => readonly DerivedRow[] | undefined,
): Loading<BatchFold<Event>> {
  const { graph } = growth;
  const { touched, expanded } = yield* touchedSubjects(graph);
  const after = new Clusters(graph.after, expanded);
  let before: Clusters<Event> | undefined;
  const changes = new TableChanges();
  const rowsBySubject = new Map<string, readonly DerivedRow[]>();
  const failures: FailedSubject[] = [];
  let derivedCount = 0;
  for (const subject of touched) {
    derivedCount += 1;
    if (derivedCount % subjectsPerBreath === 0) yield breath;
    try {
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
    } catch (error) {
      if (!(error instanceof DerivationError)) throw error;
      failures.push({ subject, message: error.message });
    }
  }
  return {
    homeAppends: growth.homeAppends,
    reach: growth.reach,
    tables: changes.changes(),
    repeated: growth.repeated,
    rowsBySubject,
    failures,
    homesBehind: (subject) => homesBehind(graph.after, after, subject),
  };
}
