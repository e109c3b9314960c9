import type { GroupDefinition } from '../contract.js';
import type { Clusters } from './clusters.js';
import type { FactGraph } from './fact-graph.js';
import { subjectFactsOf } from './subject-facts.js';
import { derivedRow, type DerivedRow, type TablePlan, tablePlansOf } from './table-plan.js';

/** A group's definition with its tables by projection, worked out once. */
export interface GroupPlan<Event, View> {
  readonly definition: GroupDefinition<Event, View>;
  /** Which build of the tables it is. */
  readonly generation: number;
  readonly tables: readonly ReadonlyMap<string, TablePlan>[];
}

export function groupPlanOf<Event, View>(
  definition: GroupDefinition<Event, View>,
  generation: number,
): GroupPlan<Event, View> {
  return { definition, generation, tables: tablePlansOf(definition, generation) };
}

/** The derivation of one subject failed: the definition is wrong, not the event store. */
export class DerivationError extends Error {
  override readonly name = 'DerivationError';
}

/** All rows of all projections for a subject; undefined where the name is no subject. */
export function rowsOfSubject<Event, View>(
  plan: GroupPlan<Event, View>,
  graph: FactGraph<Event>,
  clusters: Clusters<Event>,
  subject: string,
): readonly DerivedRow[] | undefined {
  const facts = subjectFactsOf(graph, clusters, subject);
  if (facts === undefined) return undefined;
  const { definition, tables } = plan;
  try {
    const view = definition.viewOf(facts);
    const rows: DerivedRow[] = [];
    definition.projections.forEach((projection, index) => {
      const plans = tables[index] ?? new Map<string, TablePlan>();
      for (const row of projection.rowsOf(view)) rows.push(derivedRow(plans, row, subject));
    });
    return rows;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DerivationError(`The rows of ${subject} cannot be derived: ${reason}`, {
      cause: error,
    });
  }
}
