import type { Need } from './fact-graph.js';
import type { Fact } from './home.js';
import type { Loading } from './touched-subjects.js';
import type { Reach, WorkingGraph } from './working-graph.js';

/** New facts of one home. */
export interface HomeAppend<Event> {
  readonly home: string;
  /** The home had no fact before. */
  readonly opened: boolean;
  readonly facts: readonly Fact<Event>[];
}

interface GrowingAppend<Event> extends HomeAppend<Event> {
  readonly facts: Fact<Event>[];
}

/** What a batch adds to the state: its facts by home, and the ways that lead back to them. */
export class Growth<Event> {
  private readonly appends = new Map<string, GrowingAppend<Event>>();
  private readonly addedReach: Reach[] = [];
  private repeatedCount = 0;

  constructor(readonly graph: WorkingGraph<Event>) {}

  get homeAppends(): readonly HomeAppend<Event>[] {
    return [...this.appends.values()];
  }

  get reach(): readonly Reach[] {
    return this.addedReach;
  }

  /** Facts left out because their home had an event of their id already. */
  get repeated(): number {
    return this.repeatedCount;
  }

  /** Adds facts behind those that were added before, and loads what they name. */
  *add(facts: readonly Fact<Event>[]): Loading<void> {
    if (facts.length === 0) return;
    const missing = this.graph.missing(directNeed(facts));
    if (missing) yield missing;
    for (const [home, factsOfHome] of groupByHome(facts)) this.addToHome(home, factsOfHome);
  }

  private addToHome(home: string, facts: readonly Fact<Event>[]): void {
    const { added, reach } = this.graph.add(home, facts);
    this.repeatedCount += facts.length - added.length;
    if (added.length === 0) return;
    for (const item of reach) this.addedReach.push(item);
    const known = this.appends.get(home);
    if (known !== undefined) {
      for (const fact of added) known.facts.push(fact);
      return;
    }
    const opened = this.graph.before.node(home).home.events.length === 0;
    this.appends.set(home, { home, opened, facts: [...added] });
  }
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
