import {
  type FactGraph,
  type NameNode,
  namesGivenBy,
  type Need,
  type ReachKind,
  reachKinds,
} from './fact-graph.js';
import { enlargeHome, type Fact } from './home.js';

/** One more way from a name back to a home. */
export interface Reach {
  readonly kind: ReachKind;
  readonly name: string;
  readonly home: string;
}

interface Growing<Event> extends NameNode<Event> {
  home: NameNode<Event>['home'];
  readonly connects: string[];
  readonly subjects: string[];
  readonly absorbed: string[];
}

interface Entry<Event> {
  readonly before: NameNode<Event>;
  /** The node with the batch's facts, from the first of them on. */
  after: Growing<Event> | undefined;
}

/**
 * The part of the fact graph that one batch works on, as it was before the batch and as it is after.
 * Asking for a name that was never loaded is a defect and throws: absent and unknown are not the same.
 */
export class WorkingGraph<Event> {
  private readonly entries = new Map<string, Entry<Event>>();
  private readonly readersBefore = new Map<string, readonly string[]>();
  private readonly readersAdded = new Map<string, string[]>();
  private readonly enlarged = new Set<string>();

  /** The graph without the batch's facts. */
  readonly before: FactGraph<Event> = { node: (name) => this.entryOf(name).before };

  /** The graph with the batch's facts. */
  readonly after: FactGraph<Event> = {
    node: (name) => {
      const entry = this.entryOf(name);
      return entry.after ?? entry.before;
    },
  };

  put(name: string, node: NameNode<Event>): void {
    this.entries.set(name, { before: node, after: undefined });
  }

  putReaders(name: string, homes: readonly string[]): void {
    this.readersBefore.set(name, homes);
  }

  /** The homes that read a home, with the batch's facts. */
  readersOf(name: string): readonly string[] {
    const known = this.readersBefore.get(name);
    if (known === undefined) throw unloaded(`readers of ${name}`);
    const added = this.readersAdded.get(name);
    return added === undefined ? known : [...known, ...added];
  }

  /** What of a need is not loaded yet, each name once; undefined where nothing is. */
  missing(need: Need): Need | undefined {
    const names = notIn(this.entries, need.names);
    const readers = notIn(this.readersBefore, need.readers);
    return names.length + readers.length === 0 ? undefined : { names, readers };
  }

  /** Adds facts to a home; gives back those that were new, and the reach they add. */
  add(
    name: string,
    facts: readonly Fact<Event>[],
  ): { readonly added: readonly Fact<Event>[]; readonly reach: readonly Reach[] } {
    const known = this.after.node(name).home;
    const { home, added } = enlargeHome(known, facts);
    if (added.length === 0) return { added, reach: [] };
    this.enlarged.add(name);
    this.growing(name).home = home;
    const reach: Reach[] = [];
    for (const kind of reachKinds) {
      const given = namesGivenBy(home, kind);
      // Names are only ever appended, so what is new stands behind what was known.
      for (let index = namesGivenBy(known, kind).length; index < given.length; index += 1) {
        const to = given[index] ?? '';
        reach.push({ kind, name: to, home: name });
        if (kind === 'reads') append(this.readersAdded, to, name);
        else this.growing(to)[kind].push(name);
      }
    }
    return { added, reach };
  }

  /** The homes that this batch gave facts to. */
  changedHomes(): readonly string[] {
    return [...this.enlarged];
  }

  /** The names whose nodes this batch changed. */
  *changedNodes(): Generator<readonly [string, NameNode<Event>], void, void> {
    for (const [name, { after }] of this.entries) if (after) yield [name, after];
  }

  /** By name, the homes that came to read it. */
  addedReaders(): ReadonlyMap<string, readonly string[]> {
    return this.readersAdded;
  }

  private entryOf(name: string): Entry<Event> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw unloaded(name);
    return entry;
  }

  private growing(name: string): Growing<Event> {
    const entry = this.entryOf(name);
    const { home, connects, subjects, absorbed } = entry.before;
    entry.after ??= {
      home,
      connects: [...connects],
      subjects: [...subjects],
      absorbed: [...absorbed],
    };
    return entry.after;
  }
}

const none: readonly string[] = [];

function notIn(known: ReadonlyMap<string, unknown>, names: readonly string[]): readonly string[] {
  let missing: Set<string> | undefined;
  for (const name of names) if (!known.has(name)) (missing ??= new Set()).add(name);
  return missing === undefined ? none : [...missing];
}

function append(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function unloaded(what: string): Error {
  return new Error(`The fold asked for what was not loaded: ${what}.`);
}
