import {
  backordersOf,
  incomingStockOf,
  movingTypes,
  reservationsOf,
  softReservationsOf,
  stockMovesOf,
  type SubjectView,
  transferLinesOf,
} from '#domain';
import { nodeOf, type PlacedEvent, skuOf, type StockOwner } from '#events';
import { categoryOf } from '#kernel';
import type { Projection, Row, Value } from '#projection-engine';
import { stockRow } from './stock-row.js';
import {
  backorderTable,
  incomingStockTable,
  reservationTable,
  softReservationTable,
  stockTable,
  transferLineTable,
} from './tables.js';

/** Stock and what is promised of it, each happening adding its own part. */
export const inventoryReservations: Projection<SubjectView> = {
  name: 'inventory_reservations',
  version: 1,
  tables: [
    stockTable,
    reservationTable,
    softReservationTable,
    backorderTable,
    incomingStockTable,
    transferLineTable,
  ],
  rowsOf: (view) => rowsByHome[categoryOf(view.subject)]?.(view) ?? [],
};

/** Each happening is a home of its own, and only its own facts move its stock. */
const rowsByHome: Readonly<Record<string, (view: SubjectView) => readonly Row[]>> = {
  receipt: (view) => [...movedRows(view), ...transferRows(view)],
  issue: (view) => [...movedRows(view), ...transferRows(view)],
  bucketMove: movedRows,
  adjustment: movedRows,
  writeOff: (view) => [...movedRows(view), ...transferRows(view)],
  allocation: reservationRows,
  reservation: softReservationRows,
  backorder: backorderRows,
  purchaseOrderLine: incomingRows,
  safetyStock: safetyStockRows,
  transferLine: transferRows,
};

interface Kept {
  readonly resolved: { readonly home: string };
}

function isOwn(view: SubjectView): (one: Kept) => boolean {
  return ({ resolved }) => resolved.home === view.subject;
}

function movedRows(view: SubjectView): readonly Row[] {
  return movingTypes.flatMap((type) =>
    view
      .effective(type)
      .filter(isOwn(view))
      .flatMap(({ event }) => stockMovesOf(event))
      .map(({ sku, node, owner, uom, place, qty }) =>
        stockRow([sku, node, owner.kind, owner.id, uom], {
          [place]: qty,
          on_hand: place === 'in_transit' ? 0 : qty,
        }),
      ),
  );
}

function reservationRows(view: SubjectView): readonly Row[] {
  return reservationsOf(view)
    .filter(({ allocation }) => isOwn(view)(allocation))
    .flatMap(({ allocation: { event }, allocated, deallocated, issued, open }) => {
      const { data } = event;
      const key = stockKeyOf(event, data);
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
      return [row, stockRow(key, { allocated: open })];
    });
}

function softReservationRows(view: SubjectView): readonly Row[] {
  return softReservationsOf(view)
    .filter(({ reservation }) => isOwn(view)(reservation))
    .flatMap(({ reservation: { event }, reserved, released, converted, open, reservedUntil }) => {
      const { data } = event;
      const key = stockKeyOf(event, data);
      const row: Row = {
        table: 'soft_reservation',
        values: [
          view.subject,
          data.authority,
          data.reservation,
          data.line,
          ...key,
          data.order ?? null,
          data.orderLine ?? null,
          reserved,
          released,
          converted,
          open,
          reservedUntil,
          event.leaf,
        ],
      };
      // Stock that nobody else tells of is there to be shown as oversold.
      return [row, stockRow(key, {})];
    });
}

function backorderRows(view: SubjectView): readonly Row[] {
  return backordersOf(view)
    .filter(({ backorder }) => isOwn(view)(backorder))
    .flatMap(({ backorder: { event }, backordered, filled, released, open }) => {
      const { data } = event;
      const key = stockKeyOf(event, data);
      const row: Row = {
        table: 'backorder',
        values: [
          view.subject,
          data.authority,
          data.backorder,
          data.line,
          ...key,
          data.order,
          data.orderLine,
          backordered,
          filled,
          released,
          open,
          data.expectedAt ?? null,
          event.leaf,
        ],
      };
      return [row, stockRow(key, { backordered: open })];
    });
}

function incomingRows(view: SubjectView): readonly Row[] {
  return incomingStockOf(view)
    .filter(({ incoming }) => isOwn(view)(incoming))
    .flatMap(({ incoming: { event }, expected, received, open, certainty, expectedAt }) => {
      const { data } = event;
      const key = stockKeyOf(event, data);
      const row: Row = {
        table: 'incoming_stock',
        values: [
          view.subject,
          data.purchaseOrder,
          data.purchaseOrderLine,
          ...key,
          expected,
          received,
          open,
          certainty,
          expectedAt,
          event.leaf,
        ],
      };
      return [row, stockRow(key, { incoming: open })];
    });
}

function safetyStockRows(view: SubjectView): readonly Row[] {
  return view
    .effective('SafetyStockSet')
    .filter(isOwn(view))
    .map(({ event }) =>
      stockRow(stockKeyOf(event, event.data), {
        safety_stock: event.data.qty,
        threshold: event.data.threshold ?? 0,
      }),
    );
}

function transferRows(view: SubjectView): readonly Row[] {
  return transferLinesOf(view)
    .filter(({ home }) => home === view.subject)
    .map((line) => ({
      table: 'transfer_line',
      values: [
        view.subject,
        line.transfer,
        line.line,
        line.sku,
        line.uom,
        line.from,
        line.to,
        line.order,
        line.orderLine,
        line.requested,
        line.issued,
        line.received,
        line.writtenOff,
        line.inTransit,
        line.state,
        line.sent?.at ?? null,
        line.expectedAt,
      ],
    }));
}

function stockKeyOf(
  event: PlacedEvent,
  { owner, uom }: { readonly owner: StockOwner; readonly uom: string },
): readonly Value[] {
  return [skuOf(event), nodeOf(event), owner.kind, owner.id, uom];
}
