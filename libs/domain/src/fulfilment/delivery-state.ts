import type { Effective, SubjectView } from '../subject-view.js';

/** A shipment that was delivered, with the dispatch it completes where one is known. */
export interface Delivery {
  readonly delivered: Effective<'ShipmentDelivered'>;
  /** Effective dispatches on the leaves that are one shipment with the delivered one. */
  readonly dispatches: readonly Effective<'ShipmentDispatched'>[];
}

/** The effective deliveries of the homes given, in order of occurrence. */
export function deliveriesOf(view: SubjectView, homes: ReadonlySet<string>): readonly Delivery[] {
  const dispatches = view.effective('ShipmentDispatched');
  return view
    .effective('ShipmentDelivered')
    .filter(({ event }) => homes.has(event.leaf))
    .map((delivered) => ({
      delivered,
      dispatches: dispatches.filter(
        ({ resolved }) =>
          shipmentOf(resolved.happening) === shipmentOf(delivered.resolved.happening),
      ),
    }));
}

/** The shipment's name in a dispatch's or delivery's happening: its second part. */
function shipmentOf(happening: string | null): string | undefined {
  if (happening === null) return undefined;
  const [, shipment] = JSON.parse(happening) as readonly string[];
  return shipment;
}

/**
 * Units of an order line that reached the customer. A shipment of several parcels has arrived when
 * each of them has; a delivery that no dispatch is known for counts for what is left, unless other
 * deliveries of the order tell of dispatches.
 */
export function deliveredUnits(
  deliveries: readonly Delivery[],
  orders: ReadonlySet<string>,
  line: { readonly line: string; readonly remaining: number },
): number {
  const isDispatched = deliveries.some(({ dispatches }) => dispatches.length > 0);
  const counted = new Set<string>();
  let units = 0;
  for (const delivery of deliveries) {
    const { delivered, dispatches } = delivery;
    const stated = delivered.event.data.lines;
    if (stated !== undefined) {
      units += sum(
        stated.filter(
          ({ order, orderLine }) =>
            orderLine === line.line && (order === undefined || orders.has(order)),
        ),
      );
    } else if (dispatches.length === 0) {
      units += isDispatched ? 0 : line.remaining;
    } else if (isWholeShipment(delivery, deliveries)) {
      units += dispatchedUnits(dispatches, orders, line.line, counted);
    }
  }
  return Math.min(units, line.remaining);
}

/** True where every parcel of the delivery's shipment has arrived. */
function isWholeShipment(delivery: Delivery, deliveries: readonly Delivery[]): boolean {
  const parcels = new Set(
    delivery.dispatches.flatMap(({ event }) =>
      (event.data.trackings ?? []).map(({ tracking }) => tracking),
    ),
  );
  const arrived = deliveries
    .filter(({ dispatches }) => dispatches[0] === delivery.dispatches[0])
    .map(({ delivered: { event } }) => event.data.tracking ?? event.data.parcel);
  return (
    parcels.size < 2 ||
    arrived.includes(undefined) ||
    [...parcels].every((tracking) => arrived.includes(tracking))
  );
}

/** Units of a line in dispatches that were not counted yet. */
function dispatchedUnits(
  dispatches: Delivery['dispatches'],
  orders: ReadonlySet<string>,
  line: string,
  counted: Set<string>,
): number {
  let units = 0;
  for (const { event } of dispatches) {
    if (counted.has(event.eventId)) continue;
    counted.add(event.eventId);
    units += sum(
      event.data.lines.filter(({ order, orderLine }) => orders.has(order) && orderLine === line),
    );
  }
  return units;
}

function sum(lines: readonly { readonly qty: number }[]): number {
  return lines.reduce((total, { qty }) => total + qty, 0);
}
