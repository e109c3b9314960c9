import type { Column, Table } from '#projection-engine';

const text = (name: string): Column => ({ name, type: 'text' });
const units = (name: string): Column => ({ name, type: 'bigint' });

const stockKey = ['sku', 'node', 'owner_kind', 'owner_id', 'uom'] as const;

/**
 * Stock per item, node, owner and unit of measure. `available` is sellable less reserved and is
 * signed: below zero more was promised or sold than was there.
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
    units('reserved'),
    units('available'),
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
  indexes: [['order_leaf'], ['sku', 'node']],
  // What is issued is never open again, and grows with the ledger.
  waypointRows: { where: 'open > 0' },
};
