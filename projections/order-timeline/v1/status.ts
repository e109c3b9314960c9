import { type LineUnits, performedQty } from '#domain';

export type OrderStatus =
  | 'unknown'
  | 'captured'
  | 'cancelled'
  | 'partly_dispatched'
  | 'dispatched'
  | 'partly_delivered'
  | 'delivered'
  | 'returned';

/** A line's units with those that arrived and came back. */
export interface LineProgress {
  readonly units: LineUnits;
  readonly delivered: number;
  readonly returned: number;
  /** Reserved and not yet issued. */
  readonly allocated: number;
}

/** Where a line's units are, by the furthest that all of them got. */
export function lineStatus({ units, delivered, returned }: LineProgress): OrderStatus {
  return statusOf(units.remaining, performedQty(units), delivered, returned);
}

/**
 * Where the order is: the goods lines together. An order without goods follows its cancellation
 * and its deliveries alone.
 */
export function orderStatus(
  captured: boolean,
  goods: readonly LineProgress[],
  cancelled: boolean,
  anyDelivered: boolean,
): OrderStatus {
  if (goods.length === 0) {
    if (anyDelivered) return 'delivered';
    if (cancelled) return 'cancelled';
    return captured ? 'captured' : 'unknown';
  }
  const sum = (read: (line: LineProgress) => number) =>
    goods.reduce((total, line) => total + read(line), 0);
  const status = statusOf(
    sum(({ units }) => units.remaining),
    sum(({ units }) => performedQty(units)),
    sum(({ delivered }) => delivered),
    sum(({ returned }) => returned),
  );
  const isUnderway = status === 'dispatched' || status === 'partly_dispatched';
  return isUnderway && anyDelivered ? 'partly_delivered' : status;
}

function statusOf(
  remaining: number,
  dispatched: number,
  delivered: number,
  returned: number,
): OrderStatus {
  if (remaining === 0) return 'cancelled';
  if (returned >= remaining) return 'returned';
  if (delivered >= remaining) return 'delivered';
  if (delivered > 0) return 'partly_delivered';
  if (dispatched >= remaining) return 'dispatched';
  if (dispatched > 0) return 'partly_dispatched';
  return 'captured';
}

/** What keeps an order from going on. */
export type Blocker = 'order_missing' | 'payment_missing' | 'refund_owed';

/** Who has the next move: the status says who, a blocker says otherwise. */
const ownerByStatus: Readonly<Record<OrderStatus, string>> = {
  unknown: 'integration',
  captured: 'warehouse',
  cancelled: 'nobody',
  partly_dispatched: 'warehouse',
  dispatched: 'carrier',
  partly_delivered: 'carrier',
  delivered: 'nobody',
  returned: 'nobody',
};

const ownerByBlocker: Readonly<Record<Blocker, string>> = {
  order_missing: 'integration',
  payment_missing: 'payment_service',
  refund_owed: 'finance',
};

export function nextOwner(status: OrderStatus, blockers: readonly Blocker[]): string {
  const [first] = blockers;
  return first === undefined ? ownerByStatus[status] : ownerByBlocker[first];
}
