import { reservationsOf, type SubjectView } from '#domain';
import {
  type EventOf,
  nodeOf,
  type PlacedEvent,
  skuOf,
  type StockBucket,
  type StockOwner,
} from '#events';
import { categoryOf } from '#kernel';
import type { Projection, Row, Value } from '#projection-engine';
import { reservationTable, stockTable } from './tables.js';

const buckets: readonly StockBucket[] = [
  'sellable',
  'quality_control',
  'damaged',
  'unsellable_other',
];

/** Stock and reservations, each happening adding its own part. */
export const inventoryReservations: Projection<SubjectView> = {
  name: 'inventory_reservations',
  version: 1,
  tables: [stockTable, reservationTable],
  rowsOf: (view) => rowsByHome[categoryOf(view.subject)]?.(view) ?? [],
};

/** Each happening is a home of its own, and only its own facts move its stock. */
const rowsByHome: Readonly<Record<string, (view: SubjectView) => readonly Row[]>> = {
  receipt: receivedRows,
  issue: issuedRows,
  allocation: reservationRows,
};

function isOwn(
  view: SubjectView,
  event: EventOf<'StockReceived' | 'StockIssued' | 'StockAllocated'>,
): boolean {
  return (view.homes.get(view.subject) ?? []).some(({ factId }) => factId === event.eventId);
}

function receivedRows(view: SubjectView): readonly Row[] {
  return view
    .effective('StockReceived')
    .filter(({ event }) => isOwn(view, event))
    .map(({ event }) => movement(event, event.data, event.data.bucket, event.data.qty));
}

function issuedRows(view: SubjectView): readonly Row[] {
  return view
    .effective('StockIssued')
    .filter(({ event }) => isOwn(view, event))
    .map(({ event }) => movement(event, event.data, event.data.bucket ?? 'sellable', -event.data.qty));
}

function reservationRows(view: SubjectView): readonly Row[] {
  return reservationsOf(view)
    .filter(({ allocation }) => isOwn(view, allocation.event))
    .flatMap(({ allocation: { event }, allocated, deallocated, issued, open }) => {
      const { data } = event;
      const key = stockKeyOf(event, data.owner, data.uom);
      const row: Row = {
        table: 'reservation',
        values: [
          view.subject,
          data.authority,
          data.allocation,
          data.line,
          ...key,
          data.order,
          data.orderLine,
          allocated,
          deallocated,
          issued,
          open,
          event.leaf,
        ],
      };
      return [row, { table: 'stock', values: [...key, 0, 0, 0, 0, 0, open, -open] }];
    });
}

function movement(
  event: PlacedEvent,
  { owner, uom }: { readonly owner: StockOwner; readonly uom: string },
  bucket: StockBucket,
  qty: number,
): Row {
  const moved = buckets.map((name) => (name === bucket ? qty : 0));
  const available = bucket === 'sellable' ? qty : 0;
  return {
    table: 'stock',
    values: [...stockKeyOf(event, owner, uom), ...moved, qty, 0, available],
  };
}

function stockKeyOf(event: PlacedEvent, owner: StockOwner, uom: string): readonly Value[] {
  return [skuOf(event), nodeOf(event), owner.kind, owner.id, uom];
}
