import type { OrderLine } from '#events';
import type { Effective } from '../subject-view.js';
import { isForExchange, isReplacement, type PerformedUnits } from './performance.js';

/** Where the units of an order line are. */
export interface LineUnits {
  readonly line: OrderLine;
  readonly ordered: number;
  /** Performance beats cancellation: never more than what was not handed over. */
  readonly cancelled: number;
  /** Units handed to a carrier that performed the order: no replacements, none beyond the ordered. */
  readonly dispatched: number;
  /** Units the customer took with them. */
  readonly pickedUp: number;
  /** Units not cancelled. */
  readonly remaining: number;
  /** The units of each performance that count, in order of occurrence. */
  readonly performed: readonly PerformedUnits[];
  /** Units handed over beyond the ordered quantity; they post nothing. */
  readonly beyondOrdered: readonly PerformedUnits[];
  /** Units sent in place of others, lost or given back; they post nothing. */
  readonly replacements: readonly PerformedUnits[];
  readonly cancellations: readonly CountedCancellation[];
}

/** A cancellation with the units of it that count. */
export interface CountedCancellation {
  /** Null for the units that the cancellation of the whole order took. */
  readonly cancellation: Effective<'OrderLineCancelled'> | null;
  readonly qty: number;
}

/**
 * Counts a line's units: performed ones first, in order of occurrence, up to the ordered quantity;
 * then line cancellations, in order of occurrence, up to what is left; then the order's.
 */
export function lineUnits(
  line: OrderLine,
  units: readonly PerformedUnits[],
  lineCancellations: readonly Effective<'OrderLineCancelled'>[],
  orderCancelled: boolean,
): LineUnits {
  const performed: PerformedUnits[] = [];
  const beyondOrdered: PerformedUnits[] = [];
  const replacements: PerformedUnits[] = [];
  let handedOver = 0;
  for (const unit of units) {
    if (isReplacement(unit.performance)) {
      replacements.push(unit);
      continue;
    }
    const counted = Math.min(unit.qty, line.qty - handedOver);
    if (counted > 0) performed.push({ ...unit, qty: counted });
    // What an exchange sends beyond the order takes the place of units that come back.
    const others = isForExchange(unit.performance) ? replacements : beyondOrdered;
    if (counted < unit.qty) others.push({ ...unit, qty: unit.qty - counted });
    handedOver += counted;
  }
  const cancellations: CountedCancellation[] = [];
  let open = line.qty - handedOver;
  for (const cancellation of lineCancellations) {
    const qty = Math.min(cancellation.event.data.qty, open);
    cancellations.push({ cancellation, qty });
    open -= qty;
  }
  if (orderCancelled && open > 0) {
    cancellations.push({ cancellation: null, qty: open });
    open = 0;
  }
  const pickedUp = pickedUpUnits(performed);
  const cancelled = line.qty - handedOver - open;
  return {
    line,
    ordered: line.qty,
    cancelled,
    dispatched: handedOver - pickedUp,
    pickedUp,
    remaining: line.qty - cancelled,
    performed,
    beyondOrdered,
    replacements,
    cancellations,
  };
}

/** Units handed over, to a carrier or to the customer. */
export function performedQty({ dispatched, pickedUp }: LineUnits): number {
  return dispatched + pickedUp;
}

function pickedUpUnits(performed: readonly PerformedUnits[]): number {
  let units = 0;
  for (const { performance, qty } of performed) {
    if (performance.event.type === 'PickupCompleted') units += qty;
  }
  return units;
}
