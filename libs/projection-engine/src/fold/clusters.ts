import type { FactGraph } from './fact-graph.js';

/** Which homes are resolved together: homes and the names they connect through, joined. */
export class Clusters {
  private readonly parents = new Map<string, string>();
  private readonly members = new Map<string, string[]>();

  /** Joins what the facts of the named homes connect. Names without a home are only joints. */
  constructor(graph: FactGraph<unknown>, names: Iterable<string>) {
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
