import { categoryOf } from '#kernel';
import { registerKeyOf } from './resolution/register-key.js';
import type { Report } from './resolution/report.js';
import type { ResolvedEvent } from './resolution/resolve.js';
import type { SubjectView } from './subject-view.js';

/**
 * The homes whose facts belong to the view's orders: the orders' own, and every cluster of homes
 * of which a standing fact names one of them. A tie that was corrected away attaches nothing.
 */
export function attachedHomes(view: SubjectView): ReadonlySet<string> {
  const clusters = clustersOf(view.homes);
  const attached = new Set<string>();
  const attachedClusters = new Set<string>();
  const standing = standingById(view.events);
  for (const [home, events] of view.homes) {
    if (view.orders.has(home)) attached.add(home);
    if (categoryOf(home) !== 'order' && namesAny(events, standing, view.orders)) {
      attachedClusters.add(clusters.get(home) ?? home);
    }
  }
  for (const home of view.homes.keys()) {
    if (categoryOf(home) !== 'order' && attachedClusters.has(clusters.get(home) ?? home)) {
      attached.add(home);
    }
  }
  return attached;
}

/** True where no standing fact of the subject's cluster names an order. */
export function belongsToNoOrder(view: SubjectView): boolean {
  const naming = [...view.homes.values()].flat().filter(({ keys }) => keys.subjects.length > 0);
  if (naming.length === 0) return true;
  if (isNeverOverruled(view, naming)) return false;
  const standing = standingById(view.events);
  return ![...view.homes.values()].some((events) => namesAny(events, standing, undefined));
}

/**
 * True where one of the reports stands without anything being judged: its class sets no register, no
 * other report takes its place, and nothing of the view is corrected.
 */
function isNeverOverruled(view: SubjectView, reports: readonly Report[]): boolean {
  const told = new Map<string, number>();
  for (const events of view.homes.values()) {
    for (const { event, statement } of events) {
      if (event.type === 'EventCorrected') return false;
      told.set(statement, (told.get(statement) ?? 0) + 1);
    }
  }
  return reports.some(
    ({ event, statement }) => told.get(statement) === 1 && registerKeyOf(event) === undefined,
  );
}

function standingById(events: readonly ResolvedEvent[]): ReadonlyMap<string, ResolvedEvent> {
  return new Map(events.map((resolved) => [resolved.event.eventId, resolved]));
}

function namesAny(
  reports: readonly Report[],
  standing: ReadonlyMap<string, ResolvedEvent>,
  orders: ReadonlySet<string> | undefined,
): boolean {
  return reports.some(({ factId, keys }) => {
    const verdict = standing.get(factId)?.standing;
    if (verdict === 'annulled' || verdict === 'superseded') return false;
    return keys.subjects.some((subject) => orders === undefined || orders.has(subject));
  });
}

/** The clusters of homes, each named by its least home. */
function clustersOf(homes: ReadonlyMap<string, readonly Report[]>): ReadonlyMap<string, string> {
  const clusterOf = new Map([...homes.keys()].map((home) => [home, home]));
  const firstWithName = new Map<string, string>();
  const merge = (left: string, right: string): void => {
    const [first, second] = [clusterOf.get(left) ?? left, clusterOf.get(right) ?? right].sort();
    if (first === undefined || second === undefined || first === second) return;
    for (const [home, cluster] of clusterOf) if (cluster === second) clusterOf.set(home, first);
  };
  for (const [home, reports] of homes) {
    for (const name of new Set(reports.flatMap(({ keys }) => keys.connects))) {
      const other = homes.has(name) ? name : firstWithName.get(name);
      if (other === undefined) firstWithName.set(name, home);
      else merge(home, other);
    }
  }
  return clusterOf;
}
