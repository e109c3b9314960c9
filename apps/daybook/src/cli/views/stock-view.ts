import type { StockRow } from '../../../../../projections/inventory-reservations/v1/queries.js';
import type { StockAnswer } from '../../http/stock/get-stock.query.js';
import { asOfLines } from './as-of-view.js';
import { noticeLines } from './parked-view.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;

/** The stock of an item by node and owner, and what is reserved of it. */
export function stockView(stock: StockAnswer): readonly string[] {
  const before = [...asOfLines(stock), ...noticeLines(stock.parked)];
  if (stock.items.length === 0) return [...before, `No stock of ${stock.sku} is known.`];
  return [...before, ...rowLines(stock.items), ...reservationLines(stock)];
}

/** The stock of all items of which more was promised or sold than there is. */
export function oversoldView(items: readonly StockRow[]): readonly string[] {
  return items.length === 0 ? ['Nothing is oversold.'] : rowLines(items);
}

function rowLines(items: readonly StockRow[]): readonly string[] {
  return tableLines(
    [
      { heading: 'item' },
      { heading: 'node' },
      { heading: 'owner' },
      { heading: 'unit' },
      { heading: 'on hand', ...right },
      { heading: 'sellable', ...right },
      { heading: 'under way', ...right },
      { heading: 'reserved', ...right },
      { heading: 'available', ...right },
      { heading: 'waited for', ...right },
      { heading: 'to come', ...right },
      { heading: 'to sell', ...right },
      { heading: 'to promise', ...right },
    ],
    items.map((row) => [
      row.sku,
      row.node,
      row.ownerId,
      row.uom,
      formatCount(row.onHand),
      formatCount(row.sellable),
      formatCount(row.inTransit),
      formatCount(row.reserved),
      formatCount(row.available),
      formatCount(row.backordered),
      formatCount(row.incoming),
      formatCount(row.availableToSell),
      formatCount(row.availableToPromise),
    ]),
  );
}

function reservationLines({ openReservations }: StockAnswer): readonly string[] {
  if (openReservations.length === 0) return [];
  return [
    '',
    ...tableLines(
      [
        { heading: 'reserved for' },
        { heading: 'line' },
        { heading: 'node' },
        { heading: 'open', ...right },
        { heading: 'allocation' },
        { heading: 'authority' },
      ],
      openReservations.map((row) => [
        row.orderLeaf,
        row.orderLine,
        row.node,
        formatCount(row.open),
        row.allocation,
        row.authority,
      ]),
    ),
  ];
}
