import { join } from 'node:path';
import type { Refusal } from '#kernel';
import type { FolderRefusalCode } from '../channel.js';
import { csvFault, csvRows } from '../csv-file.js';
import type { OlistCustomerRow, OlistItemRow, OlistOrder, OlistOrderRow } from './rows.js';
import type { OlistPaymentRow } from './rows.js';

const columnsByFile = {
  'olist_orders_dataset.csv': [
    'order_id',
    'customer_id',
    'order_status',
    'order_purchase_timestamp',
    'order_approved_at',
    'order_delivered_carrier_date',
    'order_delivered_customer_date',
    'order_estimated_delivery_date',
  ],
  'olist_order_items_dataset.csv': [
    'order_id',
    'order_item_id',
    'product_id',
    'price',
    'freight_value',
  ],
  'olist_order_payments_dataset.csv': [
    'order_id',
    'payment_sequential',
    'payment_type',
    'payment_value',
  ],
  'olist_customers_dataset.csv': [
    'customer_id',
    'customer_unique_id',
    'customer_zip_code_prefix',
    'customer_city',
    'customer_state',
  ],
} as const;

type OlistFile = keyof typeof columnsByFile;

/** The orders of a folder, read as they are asked for. */
export interface OlistFolder {
  readonly outcome: 'opened';
  readonly ordersTotal: number;
  orders(): AsyncGenerator<OlistOrder>;
}

/**
 * Opens a folder of Olist's CSV files. Items, payments and customers are held in memory (about
 * half a kilobyte a row), since the files are in no common order; orders are streamed.
 *
 * @throws Error when a file is no CSV; the message names the line.
 */
export async function openOlistFolder(
  folder: string,
): Promise<OlistFolder | Refusal<FolderRefusalCode>> {
  for (const file of Object.keys(columnsByFile) as OlistFile[]) {
    const advice = "Give the folder that holds Olist's CSV files.";
    const fault = await csvFault(join(folder, file), columnsByFile[file], advice);
    if (fault) return fault;
  }
  const items = await grouped<OlistItemRow>(folder, 'olist_order_items_dataset.csv', 'order_id');
  const payments = await grouped<OlistPaymentRow>(
    folder,
    'olist_order_payments_dataset.csv',
    'order_id',
  );
  const customers = await grouped<OlistCustomerRow>(
    folder,
    'olist_customers_dataset.csv',
    'customer_id',
  );
  const ordersPath = join(folder, 'olist_orders_dataset.csv');
  let ordersTotal = 0;
  for await (const _row of csvRows<OlistOrderRow>(ordersPath)) {
    ordersTotal += 1;
  }
  return {
    outcome: 'opened',
    ordersTotal,
    async *orders() {
      for await (const order of csvRows<OlistOrderRow>(ordersPath)) {
        yield {
          order,
          customer: customers.get(order.customer_id)?.[0],
          items: items.get(order.order_id) ?? [],
          payments: payments.get(order.order_id) ?? [],
        };
      }
    },
  };
}

async function grouped<Row>(
  folder: string,
  file: OlistFile,
  column: keyof Row,
): Promise<Map<string, Row[]>> {
  const groups = new Map<string, Row[]>();
  for await (const row of csvRows<Row>(join(folder, file))) {
    const key = String(row[column]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
