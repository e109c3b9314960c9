import type {
  BackorderRow,
  IncomingRow,
} from '../../../../../projections/inventory-reservations/v1/goods-queries.js';
import type { TransferLineRow } from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;

/** Which stock a row is about. */
const stockHeadings = ['item', 'node', 'owner', 'unit'].map((heading) => ({ heading }));

function stockCells(row: BackorderRow | IncomingRow): readonly string[] {
  return [row.sku, row.node, row.ownerId, row.uom];
}

/** What order lines wait for. */
export function backordersView(rows: readonly BackorderRow[]): readonly string[] {
  if (rows.length === 0) return ['Nothing is waited for.'];
  return tableLines(
    [
      ...stockHeadings,
      { heading: 'open', ...right },
      { heading: 'of', ...right },
      { heading: 'order' },
      { heading: 'line' },
      { heading: 'expected' },
      { heading: 'backorder' },
    ],
    rows.map((row) => [
      ...stockCells(row),
      formatCount(row.open),
      formatCount(row.backordered),
      row.order,
      row.orderLine,
      row.expectedAt ?? '',
      row.backorder,
    ]),
  );
}

/** What purchase orders are to bring. */
export function incomingView(rows: readonly IncomingRow[]): readonly string[] {
  if (rows.length === 0) return ['Nothing is to come.'];
  return tableLines(
    [
      ...stockHeadings,
      { heading: 'open', ...right },
      { heading: 'of', ...right },
      { heading: 'certainty' },
      { heading: 'expected' },
      { heading: 'purchase order' },
      { heading: 'line' },
    ],
    rows.map((row) => [
      ...stockCells(row),
      formatCount(row.open),
      formatCount(row.expected),
      row.certainty.replaceAll('_', ' '),
      row.expectedAt ?? '',
      row.purchaseOrder,
      row.purchaseOrderLine,
    ]),
  );
}

/** Lines of transfers, with what is neither there nor written off. */
export function transfersView(rows: readonly TransferLineRow[]): readonly string[] {
  if (rows.length === 0) return ['No transfers.'];
  return tableLines(
    [
      { heading: 'transfer' },
      { heading: 'line' },
      { heading: 'item' },
      { heading: 'unit' },
      { heading: 'from' },
      { heading: 'to' },
      { heading: 'requested', ...right },
      { heading: 'sent', ...right },
      { heading: 'received', ...right },
      { heading: 'written off', ...right },
      { heading: 'under way', ...right },
      { heading: 'state' },
      { heading: 'for' },
    ],
    rows.map((row) => [
      row.transfer,
      row.line,
      row.sku ?? '',
      row.uom ?? '',
      row.from ?? '',
      row.to ?? '',
      formatCount(row.requested),
      formatCount(row.issued),
      formatCount(row.received),
      formatCount(row.writtenOff),
      formatCount(row.inTransit),
      row.state.replaceAll('_', ' '),
      row.order ?? '',
    ]),
  );
}
