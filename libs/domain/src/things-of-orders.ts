import { keptByPart } from '#events';
import type { Report } from './resolution/report.js';

/** Homes that are one thing, with the orders it is of. */
export interface Thing {
  readonly homes: ReadonlySet<string>;
  /** The orders that what counts of its facts names. */
  readonly orders: ReadonlySet<string>;
}

interface Node {
  readonly homes: Set<string>;
  readonly orders: Set<string>;
  /** What joins it with other things: its homes' names, and those they connect through. */
  readonly names: Set<string>;
  /** The documents that are read as a part of them: these lead to no other part. */
  readonly documents: Set<string>;
}

/** Things as they are joined, to find what belongs to an order and stop at what is another's. */
export class Things {
  readonly #nodes = new Map<string, Node>();
  readonly #byName = new Map<string, Node[]>();

  /** @param oneName the name by which homes are one thing, where a home has other names than itself. */
  constructor(private readonly oneName: ReadonlyMap<string, string>) {}

  /** Adds a home; of its reports only those that count say whose it is. */
  add(home: string, reports: readonly Report[], counts: (report: Report) => boolean): void {
    const node = this.#nodeOf(home);
    node.homes.add(home);
    this.#join(node, home);
    for (const report of reports) {
      const { connects, subjects, reads } = report.keys;
      for (const name of connects) this.#join(node, name);
      for (const name of reads) if (keptByPart(name)) node.documents.add(name);
      if (subjects.length > 0 && counts(report)) {
        for (const order of subjects) node.orders.add(order);
      }
    }
  }

  isOf(home: string, order: string): boolean {
    return this.#nodes.get(this.#keyOf(home))?.orders.has(order) ?? false;
  }

  /** The things of any of the orders, and what hangs on them without being of other orders. */
  reachedFrom(orders: ReadonlySet<string>): ReadonlySet<Thing> {
    const reached = new Set<Node>();
    for (const node of this.#nodes.values()) {
      if ([...node.orders].some((order) => orders.has(order))) reached.add(node);
    }
    // A set is walked on through what is added to it on the way.
    for (const node of reached) {
      for (const name of node.names) {
        for (const other of this.#byName.get(name) ?? []) {
          if (other.orders.size === 0) reached.add(other);
        }
      }
      for (const document of node.documents) {
        const read = this.#nodes.get(document);
        if (read?.orders.size === 0) reached.add(read);
      }
    }
    return reached;
  }

  #keyOf(home: string): string {
    return this.oneName.get(home) ?? home;
  }

  #nodeOf(home: string): Node {
    const key = this.#keyOf(home);
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node: Node = {
      homes: new Set(),
      orders: new Set(),
      names: new Set(),
      documents: new Set(),
    };
    this.#nodes.set(key, node);
    return node;
  }

  #join(node: Node, name: string): void {
    if (node.names.has(name)) return;
    node.names.add(name);
    const others = this.#byName.get(name);
    if (others) others.push(node);
    else this.#byName.set(name, [node]);
  }
}
