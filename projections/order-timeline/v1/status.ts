import { type LineUnits, performedQty } from '#domain';
import type { Preparation } from './preparation.js';

/** Where an order is; the names stand in the API. */
export const orderStatuses = [
  'unknown',
  'captured',
  'cancelled',
  'ready_for_pickup',
  'partly_dispatched',
  'dispatched',
  'partly_delivered',
  'delivered',
  'returned',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** Somebody still has to get something to the customer. */
export const openStatuses: readonly OrderStatus[] = [
  'captured',
  'ready_for_pickup',
  'partly_dispatched',
  'dispatched',
  'partly_delivered',
];

/** Units that are neither handed over nor cancelled are left. */
export const unsentStatuses: readonly OrderStatus[] = [
  'captured',
  'ready_for_pickup',
  'partly_dispatched',
];

/** A line's units with those that arrived and came back. */
export interface LineProgress {
  readonly units: LineUnits;
  readonly delivered: number;
  readonly returned: number;
  /** Reserved and not yet issued. */
  readonly allocated: number;
  readonly preparation: Preparation;
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
  if (status === 'captured' && sum(({ preparation }) => preparation.readyForPickup) > 0) {
    return 'ready_for_pickup';
  }
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
