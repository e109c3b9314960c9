import type { ClientBase } from 'pg';

/** Where a list goes on, and how many rows are wanted; one more is read to see whether more follow. */
export interface Slice {
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** The stock of one item of one owner at a node. Units are texts. */
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
  /** Sent to the node and not come in; never on hand. */
  readonly inTransit: string;
  /** Kept for order lines, and for others until an instant. */
  readonly allocated: string;
  readonly softReserved: string;
  readonly reserved: string;
  /** Sellable less reserved; below zero more was promised or sold than there was. */
  readonly available: string;
  readonly backordered: string;
  readonly incoming: string;
  readonly safetyStock: string;
  readonly threshold: string;
  /** Available beyond safety stock and threshold, never below zero. */
  readonly availableToSell: string;
  /** Available beyond safety stock, with what is confirmed to come by then, less what is waited for. */
  readonly availableToPromise: string;
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

/** When stock is asked for: what is kept until an instant is free from it on. */
export interface StockClock {
  /** The instant of asking. */
  readonly asOf: string;
  /** The instant by which goods have to be there to be promised. */
  readonly promiseBy: string;
}

/** The key of a stock row in the list of one item. */
export function stockKeyOf(row: StockRow): readonly string[] {
  return [row.node, row.ownerKind, row.ownerId, row.uom];
}

/** The key of a stock row among those of all items. */
export function oversoldKeyOf(row: StockRow): readonly string[] {
  return [row.sku, ...stockKeyOf(row)];
}

/**
 * Rows of stock with what depends on the instants `$1` (asked for) and `$2` (there to be promised). A
 * day on which goods are expected is over at its end.
 */
const stockRows = `
  SELECT sku, node, owner_kind AS "ownerKind", owner_id AS "ownerId", uom, sellable,
         quality_control AS "qualityControl", damaged, unsellable_other AS "unsellableOther",
         on_hand AS "onHand", in_transit AS "inTransit", allocated,
         soft.units AS "softReserved", allocated + soft.units AS reserved,
         sellable - allocated - soft.units AS available, backordered, incoming,
         safety_stock AS "safetyStock", threshold,
         greatest(0, sellable - allocated - soft.units - safety_stock - threshold)
           AS "availableToSell",
         sellable - allocated - soft.units - safety_stock + coming.units - backordered
           AS "availableToPromise"
    FROM stock,
         LATERAL (SELECT coalesce(sum(open), 0)::bigint AS units FROM soft_reservation AS kept
                   WHERE kept.sku = stock.sku AND kept.node = stock.node
                     AND kept.owner_kind = stock.owner_kind AND kept.owner_id = stock.owner_id
                     AND kept.uom = stock.uom AND kept.reserved_until > $1
                     AND open > 0) AS soft,
         LATERAL (SELECT coalesce(sum(open), 0)::bigint AS units FROM incoming_stock AS expected
                   WHERE expected.sku = stock.sku AND expected.node = stock.node
                     AND expected.owner_kind = stock.owner_kind
                     AND expected.owner_id = stock.owner_id AND expected.uom = stock.uom
                     AND expected.certainty <> 'ordered'
                     AND CASE length(expected_at) WHEN 10 THEN expected_at || 'T23:59:59.999Z'
                         ELSE expected_at END <= $2) AS coming`;

/** The stock of an item, node by node. */
export async function listStock(
  client: ClientBase,
  { sku, node }: StockFilter,
  { asOf, promiseBy }: StockClock,
  { after, limit }: Slice,
): Promise<readonly StockRow[]> {
  const { rows } = await client.query<StockRow>(
    `${stockRows}
      WHERE sku = $3
        AND ($4::text IS NULL OR node = $4)
        AND ($5::text IS NULL OR (node, owner_kind, owner_id, uom) > ($5, $6, $7, $8))
      ORDER BY node, owner_kind, owner_id, uom
      LIMIT $9`,
    [asOf, promiseBy, sku, node ?? null, ...keyParameters(after, 4), limit + 1],
  );
  return rows;
}

/**
 * The stock of all items of which more was promised or sold than there is, or that a bucket or what
 * is under way holds fewer than no units of.
 */
export async function listOversold(
  client: ClientBase,
  { asOf, promiseBy }: StockClock,
  { after, limit }: Slice,
): Promise<readonly StockRow[]> {
  const { rows } = await client.query<StockRow>(
    `${stockRows}
      WHERE least(sellable - allocated - soft.units, quality_control, damaged, unsellable_other,
                  in_transit) < 0
        AND ($3::text IS NULL OR (sku, node, owner_kind, owner_id, uom) > ($3, $4, $5, $6, $7))
      ORDER BY sku, node, owner_kind, owner_id, uom
      LIMIT $8`,
    [asOf, promiseBy, ...keyParameters(after, 5), limit + 1],
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
