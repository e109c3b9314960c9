import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const optionalText = (name: string): Column => ({ name, type: 'text', nullable: true });
/** A line moves at most 10^9 units, so it takes 9 * 10^9 lines to reach 64 bits. */
const units = (name: string): Column => ({ name, type: 'bigint' });

/** What is settled is never open again, and grows with the ledger. */
const stillOpen = { where: 'open > 0' };
const underWay = { where: 'in_transit <> 0' };

const stockKey = ['sku', 'node', 'owner_kind', 'owner_id', 'uom'] as const;

/**
 * Stock per item, node, owner and unit of measure, and what is under way to it, allocated, waited for
 * and to come. What is kept until an instant depends on when it is asked for, so it is in no sum:
 * queries take it from the soft reservations.
 */
export const stockTable: Table = {
  name: 'stock',
  kind: 'sums',
  columns: [
    ...stockKey.map(text),
    units('sellable'),
    units('quality_control'),
    units('damaged'),
    units('unsellable_other'),
    units('on_hand'),
    units('in_transit'),
    units('allocated'),
    units('backordered'),
    units('incoming'),
    units('safety_stock'),
    units('threshold'),
  ],
  primaryKey: stockKey,
  waypointRows: 'all',
};

/** Every effective allocation: allocated = deallocated + issued + open. */
export const reservationTable: Table = {
  name: 'reservation',
  kind: 'rows',
  columns: [
    text('home'),
    text('authority'),
    text('allocation'),
    text('line'),
    ...stockKey.map(text),
    text('order_leaf'),
    text('order_line'),
    units('allocated'),
    units('deallocated'),
    units('issued'),
    units('open'),
    text('leaf'),
  ],
  primaryKey: ['home'],
  indexes: [['order_leaf'], { columns: ['sku', 'node'], ...stillOpen }],
  waypointRows: stillOpen,
};

/** Every effective soft reservation: reserved = released + converted + open, free from an instant on. */
export const softReservationTable: Table = {
  name: 'soft_reservation',
  kind: 'rows',
  columns: [
    text('home'),
    text('authority'),
    text('reservation'),
    text('line'),
    ...stockKey.map(text),
    optionalText('order_leaf'),
    optionalText('order_line'),
    units('reserved'),
    units('released'),
    units('converted'),
    units('open'),
    text('reserved_until'),
    text('leaf'),
  ],
  primaryKey: ['home'],
  indexes: [{ columns: ['sku', 'node', 'reserved_until'], ...stillOpen }, ['order_leaf']],
  waypointRows: stillOpen,
};

/** Every effective backorder: backordered = filled + released + open. */
export const backorderTable: Table = {
  name: 'backorder',
  kind: 'rows',
  columns: [
    text('home'),
    text('authority'),
    text('backorder'),
    text('line'),
    ...stockKey.map(text),
    text('order_leaf'),
    text('order_line'),
    units('backordered'),
    units('filled'),
    units('released'),
    units('open'),
    optionalText('expected_at'),
    text('leaf'),
  ],
  primaryKey: ['home'],
  indexes: [['order_leaf'], ['sku', 'node'], { columns: ['home'], ...stillOpen }],
  waypointRows: stillOpen,
};

/** What is expected of a purchase order line at a node by the last word on it. */
export const incomingStockTable: Table = {
  name: 'incoming_stock',
  kind: 'rows',
  columns: [
    text('home'),
    text('purchase_order'),
    text('purchase_order_line'),
    ...stockKey.map(text),
    units('expected'),
    units('received'),
    units('open'),
    text('certainty'),
    optionalText('expected_at'),
    text('leaf'),
  ],
  primaryKey: ['home', ...stockKey],
  indexes: [['sku', 'node'], { columns: ['home'], ...stillOpen }],
  waypointRows: stillOpen,
};

/** Every line of a transfer: issued = received + written off + in transit. */
export const transferLineTable: Table = {
  name: 'transfer_line',
  kind: 'rows',
  columns: [
    text('home'),
    text('transfer'),
    text('line'),
    optionalText('sku'),
    optionalText('uom'),
    optionalText('from_node'),
    optionalText('to_node'),
    optionalText('order_leaf'),
    optionalText('order_line'),
    units('requested'),
    units('issued'),
    units('received'),
    units('written_off'),
    units('in_transit'),
    text('state'),
    optionalText('sent_at'),
    optionalText('expected_at'),
  ],
  primaryKey: ['home'],
  indexes: [['sku', 'to_node'], ['order_leaf'], { columns: ['home'], ...underWay }],
  waypointRows: underWay,
};
