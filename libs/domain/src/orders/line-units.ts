import type { OrderLine } from '#events';
import type { Effective } from '../subject-view.js';

/** Units of an order line that one dispatch report sent. */
export interface DispatchedUnits {
  readonly dispatch: Effective<'ShipmentDispatched'>;
  readonly orderLine: string;
  readonly qty: number;
}

/** Where the units of an order line are. */
export interface LineUnits {
  readonly line: OrderLine;
  readonly ordered: number;
  /** Dispatch beats cancellation: never more than what is not dispatched. */
  readonly cancelled: number;
  /** Units that performed the order: no replacements, none beyond the ordered quantity. */
  readonly dispatched: number;
  /** Units not cancelled. */
  readonly remaining: number;
  /** The units of each dispatch that count, in order of occurrence. */
  readonly performed: readonly DispatchedUnits[];
  /** Units sent beyond the ordered quantity; they post nothing. */
  readonly beyondOrdered: readonly DispatchedUnits[];
  /** Units sent again in place of others; they post nothing. */
  readonly replacements: readonly DispatchedUnits[];
  readonly cancellations: readonly CountedCancellation[];
}

/** A cancellation with the units of it that count. */
export interface CountedCancellation {
  /** Null for the units that the cancellation of the whole order took. */
  readonly cancellation: Effective<'OrderLineCancelled'> | null;
  readonly qty: number;
}

/**
 * Counts a line's units: dispatched ones first, in order of occurrence, up to the ordered quantity;
 * then line cancellations, in order of occurrence, up to what is left; then the order's.
 */
export function lineUnits(
  line: OrderLine,
  units: readonly DispatchedUnits[],
  lineCancellations: readonly Effective<'OrderLineCancelled'>[],
  orderCancelled: boolean,
): LineUnits {
  const performed: DispatchedUnits[] = [];
  const beyondOrdered: DispatchedUnits[] = [];
  const replacements: DispatchedUnits[] = [];
  let dispatched = 0;
  for (const unit of units) {
    if (unit.dispatch.event.data.kind === 'replacement') {
      replacements.push(unit);
      continue;
    }
    const counted = Math.min(unit.qty, line.qty - dispatched);
    if (counted > 0) performed.push({ ...unit, qty: counted });
    if (counted < unit.qty) beyondOrdered.push({ ...unit, qty: unit.qty - counted });
    dispatched += counted;
  }
  const cancellations: CountedCancellation[] = [];
  let open = line.qty - dispatched;
  for (const cancellation of lineCancellations) {
    const qty = Math.min(cancellation.event.data.qty, open);
    cancellations.push({ cancellation, qty });
    open -= qty;
  }
  if (orderCancelled && open > 0) {
    cancellations.push({ cancellation: null, qty: open });
    open = 0;
  }
  const cancelled = line.qty - dispatched - open;
  return {
    line,
    ordered: line.qty,
    cancelled,
    dispatched,
    remaining: line.qty - cancelled,
    performed,
    beyondOrdered,
    replacements,
    cancellations,
  };
}
