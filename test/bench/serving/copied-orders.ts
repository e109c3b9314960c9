import type { Pool } from 'pg';
import { beginReading } from '#projection-engine';

/**
 * Fills the read models up with copies of the orders in them, each a header and its whole timeline
 * under a name of its own, so that as many are there as are wanted without recording them all.
 *
 * @returns the leaves of all orders, in an order that has no meaning
 */
export async function withCopiedOrders(
  pool: Pool,
  groupName: string,
  ordersWanted: number,
): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await beginReading(client, groupName);
    const { rows: found } = await client.query<{ path: string; orders: number }>(
      `SELECT current_setting('search_path') AS path, count(*)::integer AS orders FROM order_header`,
    );
    await client.query('COMMIT');
    const { path = '', orders = 0 } = found[0] ?? {};
    await client.query("SELECT set_config('search_path', $1, false)", [path]);
    for (let copy = 1; copy * orders < ordersWanted; copy += 1) {
      const limit = Math.min(orders, ordersWanted - copy * orders);
      await client.query(copyRows('order_header', 'order_leaf'), [`.copy${copy}`, limit]);
      await client.query(copyRows('entry', 'subject'), [`.copy${copy}`, limit]);
    }
    await client.query('VACUUM ANALYZE order_header, entry');
    const { rows } = await client.query<{ leaf: string }>(
      'SELECT order_leaf AS leaf FROM order_header ORDER BY md5(order_leaf)',
    );
    return rows.map(({ leaf }) => leaf);
  } finally {
    // Its search path is this work's alone.
    client.release(true);
  }
}

/** The first so many orders ($2) that are no copies, each row once more under a name that ends in $1. */
function copyRows(table: string, column: string): string {
  return `INSERT INTO ${table}
    SELECT (jsonb_populate_record(original, jsonb_build_object('${column}', ${column} || $1))).*
      FROM ${table} AS original
     WHERE ${column} IN (
       SELECT order_leaf FROM order_header WHERE order_leaf !~ '\\.copy[0-9]+$'
        ORDER BY order_leaf LIMIT $2)`;
}
