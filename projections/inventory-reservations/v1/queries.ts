import type { ClientBase } from 'pg';

/** Where a list goes on, and how many rows are wanted; one more is read to see whether more follow. */
export interface Slice {
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** The stock of one item of one owner at a node. Units are texts; `available` may be negative. */
export interface StockRow {
  readonly sku: string;
  readonly node: string;
  readonly ownerKind: string;
  readonly ownerId: string;
  readonly uom: string;
  readonly sellable: string;
  readonly qualityControl: string;
  readonly damaged: string;
  readonly unsellableOther: string;
  readonly onHand: string;
  readonly reserved: string;
  readonly available: string;
}

/** Units kept for one order line: allocated = deallocated + issued + open. */
export interface ReservationRow {
  readonly authority: string;
  readonly allocation: string;
  readonly line: string;
  readonly node: string;
  readonly ownerKind: string;
  readonly ownerId: string;
  readonly uom: string;
  readonly orderLeaf: string;
  readonly orderLine: string;
  readonly allocated: string;
  readonly deallocated: string;
  readonly issued: string;
  readonly open: string;
}

export interface StockFilter {
  readonly sku: string;
  readonly node?: string | undefined;
}

/** The key of a stock row in its list's order. */
export function stockKeyOf(row: StockRow): readonly string[] {
  return [row.node, row.ownerKind, row.ownerId, row.uom];
}

/** The stock of an item, node by node. */
export async function listStock(
  client: ClientBase,
  { sku, node }: StockFilter,
  { after, limit }: Slice,
): Promise<readonly StockRow[]> {
  const { rows } = await client.query<StockRow>(
    `SELECT sku, node, owner_kind AS "ownerKind", owner_id AS "ownerId", uom, sellable,
            quality_control AS "qualityControl", damaged,
            unsellable_other AS "unsellableOther", on_hand AS "onHand", reserved, available
       FROM stock
      WHERE sku = $1
        AND ($2::text IS NULL OR node = $2)
        AND ($3::text IS NULL OR (node, owner_kind, owner_id, uom) > ($3, $4, $5, $6))
      ORDER BY node, owner_kind, owner_id, uom
      LIMIT $7`,
    [sku, node ?? null, ...keyParameters(after, 4), limit + 1],
  );
  return rows;
}

/** The reservations of an item that still hold units, in the order of their names. */
export async function listOpenReservations(
  client: ClientBase,
  { sku, node }: StockFilter,
  limit: number,
): Promise<readonly ReservationRow[]> {
  const { rows } = await client.query<ReservationRow>(
    `SELECT authority, allocation, line, node, owner_kind AS "ownerKind", owner_id AS "ownerId",
            uom, order_leaf AS "orderLeaf", order_line AS "orderLine", allocated, deallocated,
            issued, open
       FROM reservation
      WHERE sku = $1 AND ($2::text IS NULL OR node = $2) AND open > 0
      ORDER BY authority, allocation, line
      LIMIT $3`,
    [sku, node ?? null, limit],
  );
  return rows;
}

function keyParameters(after: readonly string[] | undefined, length: number): (string | null)[] {
  return Array.from({ length }, (_, index) => after?.[index] ?? null);
}
