import type { Effective, SubjectView } from '../subject-view.js';

/**
 * What performs an order: units that were handed to a carrier, or that the customer took with them.
 * Both turn a promise into a sale.
 */
export type Performance = Effective<'ShipmentDispatched'> | Effective<'PickupCompleted'>;

/** Units of an order line that one report says were handed over. */
export interface PerformedUnits {
  readonly performance: Performance;
  readonly orderLine: string;
  readonly qty: number;
}

/** True where what was sent replaces something that was sold before: it is no sale. */
export function isReplacement({ event }: Performance): boolean {
  return event.type === 'ShipmentDispatched' && event.data.kind === 'replacement';
}

/** True where goods were sent for others that come back; the order may sell them, or not. */
export function isForExchange({ event }: Performance): boolean {
  return event.type === 'ShipmentDispatched' && event.data.kind === 'exchange';
}

/** The units of the view's orders that were handed over, in order of occurrence. */
export function performedUnitsOf(view: SubjectView): readonly PerformedUnits[] {
  const dispatches = view.effective('ShipmentDispatched');
  const pickups = view.effective('PickupCompleted');
  const performances: readonly Performance[] =
    pickups.length === 0 ? dispatches : inOrder(view, [...dispatches, ...pickups]);
  return performances.flatMap((performance) =>
    performance.event.data.lines
      .filter(({ order }) => view.orders.has(order))
      .map(({ orderLine, qty }) => ({ performance, orderLine, qty })),
  );
}

/** The view's events stand in order of occurrence; the unknown is last. */
function inOrder(view: SubjectView, performances: readonly Performance[]): readonly Performance[] {
  const places = new Map(view.events.map((resolved, place) => [resolved, place]));
  const placeOf = ({ resolved }: Performance): number => places.get(resolved) ?? places.size;
  return [...performances].sort((left, right) => placeOf(left) - placeOf(right));
}
