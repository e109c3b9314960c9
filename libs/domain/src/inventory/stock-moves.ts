import { type EventOf, nodeOf, skuOf, type StockBucket, type StockOwner } from '#events';
import type { SubjectView } from '../subject-view.js';

/** Where units are: in a bucket of a node, or under way to it. */
export type StockPlace = StockBucket | 'in_transit';

/** Units that came to a place, or below zero that left it. */
export interface StockMove {
  readonly sku: string;
  readonly node: string;
  readonly owner: StockOwner;
  readonly uom: string;
  readonly place: StockPlace;
  readonly qty: number;
}

/** The only events that move units; documents, tasks and inspections move none. */
export const movingTypes = [
  'StockReceived',
  'StockIssued',
  'StockBucketMoved',
  'StockAdjusted',
  'StockWrittenOff',
] as const;
export type MovingEvent = EventOf<(typeof movingTypes)[number]>;

/** What one event moves. What left for another node is under way to it until it came in or is gone. */
export function stockMovesOf(event: MovingEvent): readonly StockMove[] {
  const { owner, uom } = event.data;
  const here = { sku: skuOf(event), node: nodeOf(event), owner, uom };
  const move = (place: StockPlace, qty: number, node = here.node) => ({
    ...here,
    node,
    place,
    qty,
  });
  switch (event.type) {
    case 'StockReceived': {
      const { bucket, qty, cause, destination } = event.data;
      const came = move(bucket, qty);
      return cause === 'transfer' ? [came, move('in_transit', -qty, destination)] : [came];
    }
    case 'StockIssued': {
      const { bucket, qty, cause, destination } = event.data;
      const left = move(bucket ?? 'sellable', -qty);
      return cause === 'transfer' ? [left, move('in_transit', qty, destination)] : [left];
    }
    case 'StockBucketMoved':
      return [move(event.data.from, -event.data.qty), move(event.data.to, event.data.qty)];
    case 'StockAdjusted':
      return [move(event.data.bucket, event.data.delta)];
    default:
      return [move(event.data.bucket, -event.data.qty)];
  }
}

/** The effective events of a view that move units. */
export function movingEventsOf(view: SubjectView): readonly MovingEvent[] {
  return movingTypes.flatMap((type) => view.effective(type).map(({ event }) => event));
}
