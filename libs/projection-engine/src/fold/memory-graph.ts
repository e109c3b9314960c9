import {
  type FactGraph,
  type NameNode,
  namesGivenBy,
  reachKinds,
  unusedName,
} from './fact-graph.js';
import { emptyHome, enlargeHome, type Fact, type Home } from './home.js';

interface Growing<Event> extends NameNode<Event> {
  home: Home<Event>;
  readonly connects: string[];
  readonly subjects: string[];
  readonly absorbed: string[];
}

/** All facts of a ledger in memory: what a full fold is taken over. */
export class MemoryGraph<Event> implements FactGraph<Event> {
  private readonly nodes = new Map<string, Growing<Event>>();
  private readonly readers = new Map<string, string[]>();

  readonly node = (name: string): NameNode<Event> => this.nodes.get(name) ?? unusedName;

  /** Adds one fact. False where its home had an event of this id already. */
  add(fact: Fact<Event>): boolean {
    const name = fact.placement.home;
    const node = this.growing(name);
    const known = node.home;
    const { home, added } = enlargeHome(known, [fact]);
    if (added.length === 0) return false;
    node.home = home;
    for (const kind of reachKinds) {
      for (const given of namesGivenBy(home, kind).slice(namesGivenBy(known, kind).length)) {
        if (kind !== 'reads') this.growing(given)[kind].push(name);
        else this.addReader(given, name);
      }
    }
    return true;
  }

  /** The homes that read a home. */
  readersOf(name: string): readonly string[] {
    return this.readers.get(name) ?? [];
  }

  /** Every name that a fact gives, homes among them; the subjects are some of these. */
  names(): Iterable<string> {
    return this.nodes.keys();
  }

  private addReader(name: string, home: string): void {
    const readers = this.readers.get(name);
    if (readers === undefined) this.readers.set(name, [home]);
    else readers.push(home);
  }

  private growing(name: string): Growing<Event> {
    let node = this.nodes.get(name);
    if (node === undefined) {
      node = { home: emptyHome, connects: [], subjects: [], absorbed: [] };
      this.nodes.set(name, node);
    }
    return node;
  }
}
