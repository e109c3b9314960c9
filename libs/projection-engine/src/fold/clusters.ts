import type { FactGraph } from './fact-graph.js';

/** The facts of some homes, and of the homes these read; each by name, in the order of the names. */
export interface HomeFacts<Event> {
  readonly homes: ReadonlyMap<string, readonly Event[]>;
  readonly referenceHomes: ReadonlyMap<string, readonly Event[]>;
}

/** Which homes are resolved together: homes and the names they connect through, joined. */
export class Clusters<Event> {
  private readonly parents = new Map<string, string>();
  private readonly members = new Map<string, string[]>();
  private readonly facts = new Map<string, HomeFacts<Event>>();

  /** Joins what the facts of the named homes connect. Names without a home are only joints. */
  constructor(
    private readonly graph: FactGraph<Event>,
    names: Iterable<string>,
  ) {
    const homes: string[] = [];
    for (const name of names) {
      const { home } = graph.node(name);
      if (home.events.length === 0) continue;
      homes.push(name);
      for (const other of home.connects) this.join(name, other);
    }
    for (const home of homes) {
      const root = this.rootOf(home);
      const members = this.members.get(root);
      if (members === undefined) this.members.set(root, [home]);
      else members.push(home);
    }
  }

  /** The homes with facts in the cluster a name belongs to, in no particular order. */
  homesOf(name: string): readonly string[] {
    return this.members.get(this.rootOf(name)) ?? [];
  }

  /**
   * The facts of the cluster a name belongs to: one object for all of its names, so that what is
   * worked out of it can be shared by them.
   */
  factsOf(name: string): HomeFacts<Event> {
    const root = this.rootOf(name);
    let facts = this.facts.get(root);
    if (facts === undefined) {
      this.facts.set(root, (facts = gatherFacts(this.graph, this.members.get(root) ?? [])));
    }
    return facts;
  }

  private rootOf(name: string): string {
    let root = name;
    for (let up = this.parents.get(root); up !== undefined; up = this.parents.get(root)) root = up;
    for (let at = name; at !== root;) {
      const up = this.parents.get(at) ?? root;
      this.parents.set(at, root);
      at = up;
    }
    return root;
  }

  private join(left: string, right: string): void {
    const leftRoot = this.rootOf(left);
    const rightRoot = this.rootOf(right);
    if (leftRoot !== rightRoot) this.parents.set(rightRoot, leftRoot);
  }
}

/** The facts of the homes named, and of all that these read. */
export function gatherFacts<Event>(
  graph: FactGraph<Event>,
  names: readonly string[],
): HomeFacts<Event> {
  const homes = new Map<string, readonly Event[]>();
  const read = new Set<string>();
  for (const name of sorted(names)) {
    const { home } = graph.node(name);
    homes.set(name, home.events);
    for (const reference of home.reads) read.add(reference);
  }
  const referenceHomes = new Map<string, readonly Event[]>();
  for (const name of sorted([...read])) {
    const { events } = graph.node(name).home;
    if (events.length > 0) referenceHomes.set(name, events);
  }
  return { homes, referenceHomes };
}

export function sorted(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...names].sort();
}
