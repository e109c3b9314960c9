import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** The lists of transfers that people work through. */
export const transferLists = ['open', 'in-transit', 'short', 'over', 'all'] as const;
export type TransferListName = (typeof transferLists)[number];

export interface TransferFilter {
  readonly list: TransferListName;
  /** The transfer's leaf. */
  readonly transfer?: string | undefined;
  readonly sku?: string | undefined;
  /** The node it comes from or goes to. */
  readonly node?: string | undefined;
  /** The leaf of the order that waits for it. */
  readonly order?: string | undefined;
}

/** One line of a transfer: issued = received + written off + in transit. Units are texts. */
export interface TransferLineRow {
  readonly transfer: string;
  readonly line: string;
  readonly sku: string | null;
  readonly uom: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly order: string | null;
  readonly orderLine: string | null;
  readonly requested: string;
  readonly issued: string;
  readonly received: string;
  readonly writtenOff: string;
  /** Below zero where more came in than was sent. */
  readonly inTransit: string;
  readonly state: string;
  readonly sentAt: string | null;
  readonly expectedAt: string | null;
}

/** What each list asks of a line. */
const conditions: Readonly<Record<TransferListName, string>> = {
  open: `(in_transit <> 0 OR state = 'requested')`,
  'in-transit': 'in_transit > 0',
  // The receiving node told of some, and the rest is neither there nor written off.
  short: `state = 'partly_received'`,
  over: 'in_transit < 0',
  all: 'true',
};

/** The key of a transfer's line in its list's order. */
export function transferLineKeyOf({ transfer, line }: TransferLineRow): readonly string[] {
  return [transfer, line];
}

/** Lines of transfers, in the order of their names. */
export async function listTransferLines(
  client: ClientBase,
  { list, transfer, sku, node, order }: TransferFilter,
  { after, limit }: Slice,
): Promise<readonly TransferLineRow[]> {
  const { rows } = await client.query<TransferLineRow>(
    `SELECT transfer, line, sku, uom, from_node AS "from", to_node AS "to", order_leaf AS "order",
            order_line AS "orderLine", requested, issued, received, written_off AS "writtenOff",
            in_transit AS "inTransit", state, sent_at AS "sentAt", expected_at AS "expectedAt"
       FROM transfer_line
      WHERE ${conditions[list]}
        AND ($1::text IS NULL OR transfer = $1) AND ($2::text IS NULL OR sku = $2)
        AND ($3::text IS NULL OR from_node = $3 OR to_node = $3)
        AND ($4::text IS NULL OR order_leaf = $4)
        AND ($5::text IS NULL OR (transfer, line) > ($5, $6))
      ORDER BY transfer, line
      LIMIT $7`,
    [
      transfer ?? null,
      sku ?? null,
      node ?? null,
      order ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ],
  );
  return rows;
}
