import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** Which goods are listed; what is left out does not matter. */
export interface GoodsFilter {
  readonly sku?: string | undefined;
  readonly node?: string | undefined;
  /** The leaf of the order that waits. */
  readonly order?: string | undefined;
  /** Also what is filled, come in or closed. */
  readonly all: boolean;
}

/** Whose units these are, of what and where. */
interface GoodsKey {
  readonly sku: string;
  readonly node: string;
  readonly ownerKind: string;
  readonly ownerId: string;
  readonly uom: string;
}

/** Units an order line waits for: backordered = filled + released + open. Units are texts. */
export interface BackorderRow extends GoodsKey {
  readonly authority: string;
  readonly backorder: string;
  readonly line: string;
  readonly order: string;
  readonly orderLine: string;
  readonly backordered: string;
  readonly filled: string;
  readonly released: string;
  readonly open: string;
  readonly expectedAt: string | null;
}

/** What is to come of a purchase order line by the last word on it. Units are texts. */
export interface IncomingRow extends GoodsKey {
  readonly purchaseOrder: string;
  readonly purchaseOrderLine: string;
  readonly expected: string;
  readonly received: string;
  readonly open: string;
  readonly certainty: string;
  readonly expectedAt: string | null;
}

const goodsKey = `sku, node, owner_kind AS "ownerKind", owner_id AS "ownerId", uom`;

/** The key of a backorder in its list's order. */
export function backorderKeyOf(row: BackorderRow): readonly string[] {
  return [row.sku, row.node, row.authority, row.backorder, row.line];
}

/** What order lines wait for, item by item. */
export async function listBackorders(
  client: ClientBase,
  { sku, node, order, all }: GoodsFilter,
  { after, limit }: Slice,
): Promise<readonly BackorderRow[]> {
  const { rows } = await client.query<BackorderRow>(
    `SELECT ${goodsKey}, authority, backorder, line, order_leaf AS "order",
            order_line AS "orderLine", backordered, filled, released, open,
            expected_at AS "expectedAt"
       FROM backorder
      WHERE ($1::text IS NULL OR sku = $1) AND ($2::text IS NULL OR node = $2)
        AND ($3::text IS NULL OR order_leaf = $3) AND ($4 OR open > 0)
        AND ($5::text IS NULL OR (sku, node, authority, backorder, line) > ($5, $6, $7, $8, $9))
      ORDER BY sku, node, authority, backorder, line
      LIMIT $10`,
    [sku ?? null, node ?? null, order ?? null, all, ...keyParameters(after, 5), limit + 1],
  );
  return rows;
}

/** The key of incoming stock in its list's order. */
export function incomingKeyOf(row: IncomingRow): readonly string[] {
  const { sku, node, purchaseOrder, purchaseOrderLine, ownerKind, ownerId, uom } = row;
  return [sku, node, purchaseOrder, purchaseOrderLine, ownerKind, ownerId, uom];
}

/** What purchase orders are to bring, item by item. */
export async function listIncoming(
  client: ClientBase,
  { sku, node, all }: Omit<GoodsFilter, 'order'>,
  { after, limit }: Slice,
): Promise<readonly IncomingRow[]> {
  const { rows } = await client.query<IncomingRow>(
    `SELECT ${goodsKey}, purchase_order AS "purchaseOrder",
            purchase_order_line AS "purchaseOrderLine", expected, received, open, certainty,
            expected_at AS "expectedAt"
       FROM incoming_stock
      WHERE ($1::text IS NULL OR sku = $1) AND ($2::text IS NULL OR node = $2) AND ($3 OR open > 0)
        AND ($4::text IS NULL
          OR (sku, node, purchase_order, purchase_order_line, owner_kind, owner_id, uom)
             > ($4, $5, $6, $7, $8, $9, $10))
      ORDER BY sku, node, purchase_order, purchase_order_line, owner_kind, owner_id, uom
      LIMIT $11`,
    [sku ?? null, node ?? null, all, ...keyParameters(after, 7), limit + 1],
  );
  return rows;
}

function keyParameters(after: readonly string[] | undefined, length: number): (string | null)[] {
  return Array.from({ length }, (_, index) => after?.[index] ?? null);
}
