import type { Row, Value } from '#projection-engine';
import { stockTable } from './tables.js';

/** What a happening adds to a row of stock; what it leaves out is zero. */
export type StockSums = Readonly<
  Partial<
    Record<
      | 'sellable'
      | 'quality_control'
      | 'damaged'
      | 'unsellable_other'
      | 'on_hand'
      | 'in_transit'
      | 'allocated'
      | 'backordered'
      | 'incoming'
      | 'safety_stock'
      | 'threshold',
      number
    >
  >
>;

const sumNames = stockTable.columns
  .map(({ name }) => name)
  .filter((name) => !stockTable.primaryKey.includes(name));

/** A part of the stock of one item, node, owner and unit of measure. */
export function stockRow(key: readonly Value[], sums: StockSums): Row {
  const added: Readonly<Record<string, number | undefined>> = sums;
  return { table: stockTable.name, values: [...key, ...sumNames.map((name) => added[name] ?? 0)] };
}
