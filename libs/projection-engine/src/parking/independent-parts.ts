import type { BatchItem } from './batch-item.js';
import type { ParkingFold } from './fold-with-parking.js';

/**
 * Splits the applied events of a batch into parts that touch no subject in common, so that the rows of
 * each can be written without the others. Within a part the events keep their order.
 */
export function independentParts<Event>({
  fold,
  parked,
  items,
}: ParkingFold<Event>): readonly (readonly BatchItem<Event>[])[] {
  const joints = new Joints();
  for (const subject of fold.rowsBySubject.keys()) {
    for (const home of fold.homesBehind(subject)) joints.join(subject, home);
  }
  const left = new Set(parked.events.map(({ stored }) => stored.sequence));
  const parts = new Map<string, BatchItem<Event>[]>();
  for (const item of items) {
    if (item.fact === undefined || left.has(item.stored.sequence)) continue;
    const root = joints.rootOf(item.fact.placement.home);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [item]);
    else part.push(item);
  }
  return [...parts.values()];
}

/** Which names are joined, however far. */
class Joints {
  private readonly parents = new Map<string, string>();

  rootOf(name: string): string {
    let root = name;
    for (let up = this.parents.get(root); up !== undefined; up = this.parents.get(root)) root = up;
    if (root !== name) this.parents.set(name, root);
    return root;
  }

  join(left: string, right: string): void {
    const leftRoot = this.rootOf(left);
    const rightRoot = this.rootOf(right);
    if (leftRoot !== rightRoot) this.parents.set(rightRoot, leftRoot);
  }
}
