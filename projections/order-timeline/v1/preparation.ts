import {
  type Backorder,
  type Effective,
  type Fulfilment,
  ofOrder,
  type Pickup,
  type SubjectView,
} from '#domain';

/** Units of an order line on their way to being handed over, each as many as ever got there. */
export interface Preparation {
  /** Waiting for stock that is to come. */
  readonly backordered: number;
  readonly released: number;
  readonly picked: number;
  readonly packed: number;
  /** Waiting for the customer at this moment. */
  readonly readyForPickup: number;
}

const nothingPrepared: Preparation = {
  backordered: 0,
  released: 0,
  picked: 0,
  packed: 0,
  readyForPickup: 0,
};

/** What is made ready for an order, as its view tells it. */
export interface PreparedGoods {
  readonly fulfilments: readonly Fulfilment[];
  readonly pickups: readonly Pickup[];
  /** Those of which units still wait. */
  readonly backorders: readonly Backorder[];
}

/** Tells of a line what is prepared of it; most orders of a replay tell nothing of this. */
export function preparationIn(
  view: SubjectView,
  { fulfilments, pickups, backorders }: PreparedGoods,
): (line: string, ordered: number) => Preparation {
  const releases = ofOrder(view, 'OrderReleased');
  if (fulfilments.length + pickups.length + backorders.length + releases.length === 0) {
    return () => nothingPrepared;
  }
  const lines = fulfilments.flatMap((fulfilment) => fulfilment.lines).filter(isOwn(view));
  const waiting = pickups
    .filter(isWaiting)
    .flatMap((pickup) => pickup.lines)
    .filter(isOwn(view));
  return (line, ordered) => {
    const upTo = (units: number) => Math.min(units, ordered);
    const sum = (of: (part: (typeof lines)[number]) => number) =>
      lines.reduce((total, part) => total + (part.orderLine === line ? of(part) : 0), 0);
    return {
      backordered: upTo(
        backorders.reduce(
          (total, { backorder, open }) =>
            total + (backorder.event.data.orderLine === line ? open : 0),
          0,
        ),
      ),
      released: upTo(releasedUnits(releases, line, ordered)),
      picked: upTo(sum(({ picked }) => picked)),
      packed: upTo(sum(({ packed }) => packed)),
      readyForPickup: upTo(
        waiting.reduce(
          (total, part) => total + (part.orderLine === line ? part.qty - part.collected : 0),
          0,
        ),
      ),
    };
  };
}

function isOwn(view: SubjectView): (line: { readonly order: string }) => boolean {
  return ({ order }) => view.orders.has(order);
}

/** True where goods lie ready that the customer has not collected. */
export function isWaiting({ state, ready }: Pickup): boolean {
  return state === 'ready' || (state === 'partly_collected' && ready !== null);
}

/** A release that names no lines releases them all. */
function releasedUnits(
  releases: readonly Effective<'OrderReleased'>[],
  line: string,
  ordered: number,
): number {
  return releases.reduce((total, { event: { data } }) => {
    const named = data.lines?.find((units) => units.line === line)?.qty;
    return total + (data.lines === undefined ? ordered : (named ?? 0));
  }, 0);
}
