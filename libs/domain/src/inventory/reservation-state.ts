import type { EventOf, StockAllocated, StockIssued } from '#events';
import { memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/** An allocation with what became of its units: allocated = deallocated + issued + open. */
export interface Reservation {
  readonly allocation: Effective<'StockAllocated'>;
  readonly allocated: number;
  readonly deallocated: number;
  readonly issued: number;
  readonly open: number;
  /** Units given back or issued beyond what was allocated. */
  readonly overdrawn: number;
}

/**
 * The effective allocations of a view. Units given back count first; an issue takes from the
 * allocation it names, else from those of its order line on the same stream, the earliest first.
 * Units of another unit of measure, and issued units of another owner, are other stock.
 */
export const reservationsOf = memoizeByObject((view: SubjectView): readonly Reservation[] => {
  const allocations = view.effective('StockAllocated').map((allocation) => ({
    allocation,
    allocated: allocation.event.data.qty,
    deallocated: 0,
    issued: 0,
    overdrawn: 0,
  }));
  for (const { event } of view.effective('StockDeallocated')) {
    const owned = allocations.find(
      ({ allocation }) => allocationKey(allocation.event) === allocationKey(event),
    );
    if (!owned) continue;
    const taken = Math.min(event.data.qty, owned.allocated - owned.deallocated);
    owned.deallocated += taken;
    owned.overdrawn += event.data.qty - taken;
  }
  for (const { event } of view.effective('StockIssued')) {
    let left = event.data.qty;
    const matching = allocations.filter(({ allocation }) => isFrom(event, allocation.event));
    for (const owned of matching) {
      const taken = Math.min(left, owned.allocated - owned.deallocated - owned.issued);
      owned.issued += taken;
      left -= taken;
    }
    const [first] = matching;
    if (first) first.overdrawn += left;
  }
  return allocations.map((owned) => ({
    ...owned,
    open: owned.allocated - owned.deallocated - owned.issued,
  }));
});

function allocationKey({ data }: EventOf<'StockAllocated'> | EventOf<'StockDeallocated'>): string {
  return JSON.stringify([data.authority, data.allocation, data.line, data.uom]);
}

/** True where an issue takes its units from an allocation, by what their own stream says. */
function isFrom(issue: EventOf<'StockIssued'>, allocation: EventOf<'StockAllocated'>): boolean {
  if (issue.leaf !== allocation.leaf) return false;
  const { data } = issue;
  if (!isSameStock(data, allocation.data)) return false;
  if (data.allocation !== undefined) {
    return (
      data.allocation === allocation.data.allocation && data.allocationLine === allocation.data.line
    );
  }
  return data.order === allocation.data.order && data.orderLine === allocation.data.orderLine;
}

function isSameStock(issued: StockIssued, allocated: StockAllocated): boolean {
  return (
    issued.uom === allocated.uom &&
    issued.owner.kind === allocated.owner.kind &&
    issued.owner.id === allocated.owner.id
  );
}
