import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cents, type FiledRow, groupedBy, readCsv } from '../fixtures/filed-rows.js';

/** An order with what the files say of it, in the fewest words. */
export interface FiledOrder {
  readonly id: string;
  readonly status: string;
  /** Local time of the purchase. */
  readonly purchased: string;
  readonly approved: string;
  readonly handedOver: string;
  readonly arrived: string;
  readonly prices: readonly bigint[];
  readonly freights: readonly bigint[];
  readonly payments: readonly { readonly type: string; readonly cents: bigint }[];
}

export function readFiledOrders(folder: string): readonly FiledOrder[] {
  const items = groupByOrder(readCsv(join(folder, 'olist_order_items_dataset.csv')));
  const payments = groupByOrder(readCsv(join(folder, 'olist_order_payments_dataset.csv')));
  return readCsv(join(folder, 'olist_orders_dataset.csv')).map((row) => {
    const id = row['order_id'] ?? '';
    const ofOrder = items.get(id) ?? [];
    return {
      id,
      status: row['order_status'] ?? '',
      purchased: row['order_purchase_timestamp'] ?? '',
      approved: row['order_approved_at'] ?? '',
      handedOver: row['order_delivered_carrier_date'] ?? '',
      arrived: row['order_delivered_customer_date'] ?? '',
      prices: ofOrder.map((item) => cents(item['price'] ?? '')),
      freights: ofOrder.map((item) => cents(item['freight_value'] ?? '')),
      payments: (payments.get(id) ?? []).map((payment) => ({
        type: payment['payment_type'] ?? '',
        cents: cents(payment['payment_value'] ?? ''),
      })),
    };
  });
}

function groupByOrder(rows: readonly FiledRow[]): ReadonlyMap<string, readonly FiledRow[]> {
  return groupedBy(rows, (row) => row['order_id'] ?? '');
}

const orderFiles = ['orders', 'order_items', 'order_payments'].map(
  (name) => `olist_${name}_dataset.csv`,
);

/** Writes the files again with the rows of these orders alone; the rows stay as they are. */
export function writeOrders(folder: string, orders: ReadonlySet<string>, target: string): void {
  mkdirSync(target);
  for (const name of readdirSync(folder)) {
    if (!orderFiles.includes(name)) copyFileSync(join(folder, name), join(target, name));
  }
  for (const name of orderFiles) {
    // Each of these three begins with the order's id, and none has a line break in a cell.
    const [header = '', ...lines] = readFileSync(join(folder, name), 'utf8').split('\n');
    const kept = lines.filter((line) => orders.has(line.slice(0, line.indexOf(','))));
    writeFileSync(join(target, name), `${[header, ...kept].join('\n')}\n`);
  }
}
