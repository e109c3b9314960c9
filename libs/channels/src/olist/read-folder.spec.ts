import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOlistFolder } from './read-folder.js';
import type { OlistOrder } from './rows.js';

const files = {
  'olist_orders_dataset.csv': [
    'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date',
    'o1,c1,delivered,2017-07-09 21:57:05,,,,2017-08-01 00:00:00',
    'o2,c2,created,2017-07-09 21:57:05,,,,2017-08-01 00:00:00',
  ],
  'olist_order_items_dataset.csv': [
    'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value',
    'o1,1,p1,s1,2017-07-10 00:00:00,10.00,1.00',
    'o1,2,p1,s1,2017-07-10 00:00:00,10.00,1.00',
  ],
  'olist_order_payments_dataset.csv': [
    'order_id,payment_sequential,payment_type,payment_installments,payment_value',
    'o2,1,boleto,1,11.00',
  ],
  'olist_customers_dataset.csv': [
    'customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state',
    'c1,u1,01310,"sao paulo, centro",SP',
  ],
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-olist-'));
  for (const [file, lines] of Object.entries(files)) {
    await writeFile(join(folder, file), `\uFEFF${lines.join('\r\n')}\r\n`);
  }
});
afterEach(() => rm(folder, { recursive: true }));

describe('a folder of Olist files', () => {
  it('gives each order with the rows that name it', async () => {
    const opened = await openOlistFolder(folder);
    if (opened.outcome !== 'opened') throw new Error(opened.message);
    const orders: OlistOrder[] = [];
    for await (const order of opened.orders()) orders.push(order);
    expect(opened.ordersTotal).toBe(2);
    expect(orders).toMatchObject([
      {
        order: { order_id: 'o1' },
        customer: { customer_city: 'sao paulo, centro', customer_zip_code_prefix: '01310' },
        items: [{ order_item_id: '1' }, { order_item_id: '2' }],
        payments: [],
      },
      { order: { order_id: 'o2' }, customer: undefined, items: [], payments: [{}] },
    ]);
  });

  it('says which file is missing', async () => {
    await rm(join(folder, 'olist_customers_dataset.csv'));
    expect(await openOlistFolder(folder)).toMatchObject({
      code: 'file_missing',
      field: 'olist_customers_dataset.csv',
    });
  });

  it('says which column is missing', async () => {
    await writeFile(join(folder, 'olist_order_payments_dataset.csv'), 'order_id,payment_type\n');
    expect(await openOlistFolder(folder)).toMatchObject({
      code: 'column_missing',
      message: expect.stringContaining('payment_sequential, payment_value') as string,
    });
  });

  it('fails with the line where a file is no CSV', async () => {
    await writeFile(
      join(folder, 'olist_orders_dataset.csv'),
      `${files['olist_orders_dataset.csv'][0]}\no1,c1\n`,
    );
    await expect(openOlistFolder(folder)).rejects.toThrow(/line 2/);
  });
});
