import type { SubjectFacts } from '../contract.js';
import type { Clusters } from './clusters.js';
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
  clusters: Clusters,
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
  clusters: Clusters,
  subject: string,
): Growing<Event> {
  const names = new Set(clusters.homesOf(subject));
  for (const naming of graph.node(subject).subjects) {
    for (const name of clusters.homesOf(naming)) names.add(name);
  }
  const homes = new Map<string, readonly Event[]>();
  const read = new Set<string>();
  for (const name of sorted([...names])) {
    const { home } = graph.node(name);
    homes.set(name, home.events);
    for (const reference of home.reads) read.add(reference);
  }
  const referenceHomes = new Map<string, readonly Event[]>();
  for (const name of sorted([...read])) {
    const { events } = graph.node(name).home;
    if (events.length > 0) referenceHomes.set(name, events);
  }
  return { subject, homes, referenceHomes, absorbed: [] };
}

function sorted(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...names].sort();
}
