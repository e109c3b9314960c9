import type { SubjectFacts } from '../contract.js';
import { type Clusters, gatherFacts, sorted } from './clusters.js';
import type { FactGraph } from './fact-graph.js';

interface Growing<Event> extends SubjectFacts<Event> {
  readonly absorbed: Growing<Event>[];
}

/**
 * What belongs to a subject, or undefined where the name is no subject: neither a home, nor named as
 * a subject, nor named as what absorbs one.
 *
 * Absorption may run in circles and may lead to one subject on two ways. Each subject stands in the
 * result once, at the shortest way, so that nothing in it can be counted twice.
 */
export function subjectFactsOf<Event>(
  graph: FactGraph<Event>,
  clusters: Clusters<Event>,
  subject: string,
): SubjectFacts<Event> | undefined {
  if (!isSubject(graph, subject)) return undefined;
  const whole = factsWithoutAbsorbed(graph, clusters, subject);
  const seen = new Set([subject]);
  let level = [whole];
  while (level.length > 0) {
    const next: Growing<Event>[] = [];
    for (const absorbing of level) {
      for (const name of sorted(graph.node(absorbing.subject).absorbed)) {
        if (seen.has(name)) continue;
        seen.add(name);
        const absorbed = factsWithoutAbsorbed(graph, clusters, name);
        absorbing.absorbed.push(absorbed);
        next.push(absorbed);
      }
    }
    level = next;
  }
  return whole;
}

function isSubject(graph: FactGraph<unknown>, name: string): boolean {
  const { home, subjects, absorbed } = graph.node(name);
  return home.events.length > 0 || subjects.length > 0 || absorbed.length > 0;
}

function factsWithoutAbsorbed<Event>(
  graph: FactGraph<Event>,
  clusters: Clusters<Event>,
  subject: string,
): Growing<Event> {
  const { subjects: naming } = graph.node(subject);
  if (naming.length === 0) return { subject, ...clusters.factsOf(subject), absorbed: [] };
  const names = new Set(clusters.homesOf(subject));
  for (const home of naming) {
    for (const name of clusters.homesOf(home)) names.add(name);
  }
  return { subject, ...gatherFacts(graph, [...names]), absorbed: [] };
}

/** Every home a subject is derived from: its clusters, what these read, and whatever it absorbs. */
export function homesBehind<Event>(
  graph: FactGraph<Event>,
  clusters: Clusters<Event>,
  subject: string,
): ReadonlySet<string> {
  const homes = new Set<string>();
  const gather = (facts: SubjectFacts<Event>): void => {
    for (const home of facts.homes.keys()) homes.add(home);
    for (const home of facts.referenceHomes.keys()) homes.add(home);
    facts.absorbed.forEach(gather);
  };
  const facts = subjectFactsOf(graph, clusters, subject);
  if (facts !== undefined) gather(facts);
  return homes;
}
