import { LRUCache } from 'lru-cache';
import { type NameNode, unusedName } from '../fold/fact-graph.js';
import type { DerivedRow } from '../fold/table-plan.js';
import type { WorkingGraph } from '../fold/working-graph.js';
import { NameFilter } from './name-filter.js';

/** How much of the state a holder keeps in memory. */
export interface CacheLimits {
  /** Events and ways of cached names; a name counts as one besides. */
  readonly cachedFactsMax: number;
  /** Homes that read cached homes; a home without readers counts as one. */
  readonly cachedReadersMax: number;
  /** Derived rows of cached subjects; a subject without rows counts as one. */
  readonly cachedRowsMax: number;
}

/** Full after some 30,000 events of trading, so that a ledger of any length takes the same memory. */
export const defaultCacheLimits: CacheLimits = {
  cachedFactsMax: 150_000,
  cachedReadersMax: 100_000,
  cachedRowsMax: 75_000,
};

const nobody: readonly string[] = [];

/**
 * What a holder knows of the state under its epoch. Nobody else may write while the epoch is held,
 * so what is here needs no reading; it goes when a transaction fails or the epoch is lost.
 */
export class FactCache<Event> {
  private readonly nodes: LRUCache<string, NameNode<Event>>;
  private readonly readers: LRUCache<string, readonly string[]>;
  private readonly rows: LRUCache<string, readonly DerivedRow[]>;
  /** The names in the tables, where all of them came through here. */
  private readonly used: { readonly names: NameFilter; readonly read: NameFilter } | undefined;

  /**
   * @param emptyTables nothing was ever applied: what does not come through here is nowhere, so that
   *   building from the first event need not look up every new name.
   */
  constructor(limits: CacheLimits, emptyTables: boolean) {
    this.used = emptyTables
      ? {
          names: new NameFilter(limits.cachedFactsMax),
          read: new NameFilter(limits.cachedReadersMax),
        }
      : undefined;
    this.nodes = new LRUCache<string, NameNode<Event>>({
      maxSize: limits.cachedFactsMax,
      sizeCalculation: sizeOf,
    });
    this.readers = new LRUCache<string, readonly string[]>({
      maxSize: limits.cachedReadersMax,
      sizeCalculation: (homes) => homes.length + 1,
    });
    this.rows = new LRUCache<string, readonly DerivedRow[]>({
      maxSize: limits.cachedRowsMax,
      sizeCalculation: (rows) => rows.length + 1,
    });
  }

  /** What is known of a name; undefined where the tables have to be asked. */
  node(name: string): NameNode<Event> | undefined {
    const known = this.nodes.get(name);
    if (known !== undefined) return known;
    return this.used && !this.used.names.mayHold(name) ? unusedName : undefined;
  }

  /** What reads a home; undefined where the tables have to be asked. */
  readersOf(name: string): readonly string[] | undefined {
    const known = this.readers.get(name);
    if (known !== undefined) return known;
    return this.used && !this.used.read.mayHold(name) ? nobody : undefined;
  }

  rowsOf(subject: string): readonly DerivedRow[] | undefined {
    return this.rows.get(subject);
  }

  put(name: string, node: NameNode<Event>): void {
    this.nodes.set(name, node);
  }

  putReaders(name: string, homes: readonly string[]): void {
    this.readers.set(name, homes);
  }

  /** Takes over what a batch added to the graph, and the rows of the subjects it touched. */
  advance(
    graph: WorkingGraph<Event>,
    rowsBySubject: ReadonlyMap<string, readonly DerivedRow[]>,
  ): void {
    for (const [name, node] of graph.changedNodes()) {
      this.nodes.set(name, node);
      this.used?.names.add(name);
    }
    for (const [name, homes] of graph.addedReaders()) {
      // What is not known here is read from the tables when it is asked for.
      const known = this.readersOf(name);
      if (known !== undefined) this.readers.set(name, [...known, ...homes]);
      this.used?.read.add(name);
    }
    for (const [subject, rows] of rowsBySubject) this.rows.set(subject, rows);
  }
}

function sizeOf({ home, connects, subjects, absorbed }: NameNode<unknown>): number {
  return home.events.length + connects.length + subjects.length + absorbed.length + 1;
}
