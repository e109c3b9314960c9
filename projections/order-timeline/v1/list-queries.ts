import type { ClientBase } from 'pg';
import {
  type FindingRow,
  headerColumns,
  keyParameters,
  type OrderHeader,
  type Slice,
} from './queries.js';
import { openStatuses, unsentStatuses } from './status.js';

/** Which orders are listed; what is left out does not matter. */
export interface OrderFilter {
  readonly list?: OrderListName | undefined;
  /** With this finding. */
  readonly finding?: string | undefined;
  readonly status?: string | undefined;
  readonly nextOwner?: string | undefined;
  readonly blockedBy?: string | undefined;
  readonly channel?: string | undefined;
  /** The instant that promises are compared with. */
  readonly clock: string;
}

/** The lists that service works through. */
export const orderLists = ['promise-broken', 'paid-not-shipped', 'refund-owed'] as const;
export type OrderListName = (typeof orderLists)[number];

/** The dearest first, within each currency. */
export function orderKeyOf({ currency, orderedMinor, leaf }: OrderHeader): readonly string[] {
  return [currency ?? '', orderedMinor, leaf];
}

/** Whether a text that somebody sends can be such a key: its value is compared as a number. */
export function isOrderKey([, orderedMinor = '']: readonly string[]): boolean {
  return /^-?\d{1,40}$/.test(orderedMinor);
}

/** What a list asks of an order besides its status. */
const conditions: Readonly<Record<OrderListName, string>> = {
  'promise-broken': `$6 > CASE length(promised)
    WHEN 10 THEN promised || 'T23:59:59.999Z' ELSE promised END`,
  'paid-not-shipped': 'captured_minor > refunded_minor',
  'refund-owed': 'refund_owed_minor > 0',
};

const statusesOf: Readonly<Record<OrderListName, readonly string[] | null>> = {
  'promise-broken': openStatuses,
  'paid-not-shipped': unsentStatuses,
  'refund-owed': null,
};

/** A page of the orders that the filter leaves, by value: the dearest of each currency first. */
export async function listOrders(
  client: ClientBase,
  { list, ...filter }: OrderFilter,
  { after, limit }: Slice,
): Promise<readonly OrderHeader[]> {
  // It has no name, so that it is planned for what is asked: a filter that is left out costs nothing.
  const { rows } = await client.query<OrderHeader>(
    `SELECT ${headerColumns} FROM order_header
      WHERE alias_of IS NULL
        AND ($1::text[] IS NULL OR status = ANY($1)) AND ($2::text IS NULL OR status = $2)
        AND ($3::text IS NULL OR next_owner = $3)
        AND ($4::text IS NULL OR $4 = ANY(blocked_by))
        AND ($5::text IS NULL OR channel = $5)
        AND $6::text IS NOT NULL AND ${list === undefined ? 'true' : conditions[list]}
        AND ($7::text IS NULL OR order_leaf IN (SELECT subject FROM finding WHERE code = $7))
        AND ($8::text IS NULL OR coalesce(currency, '') > $8
          OR (coalesce(currency, '') = $8 AND (ordered_minor < $9::numeric
            OR (ordered_minor = $9::numeric AND order_leaf > $10))))
      ORDER BY coalesce(currency, ''), ordered_minor DESC, order_leaf
      LIMIT $11`,
    [
      list === undefined ? null : statusesOf[list],
      filter.status ?? null,
      filter.nextOwner ?? null,
      filter.blockedBy ?? null,
      filter.channel ?? null,
      filter.clock,
      filter.finding ?? null,
      ...keyParameters(after, 3),
      limit + 1,
    ],
  );
  return rows;
}

/** How many there are of one finding, over orders and what belongs to none. */
export interface FindingCount extends Pick<FindingRow, 'code' | 'severity' | 'team'> {
  readonly count: string;
  readonly orders: string;
}

/** Every finding there is at least one of, with how many; the commonest first. */
export async function countFindings(client: ClientBase): Promise<readonly FindingCount[]> {
  const { rows } = await client.query<FindingCount>(
    `SELECT code, severity, team, count(*) AS count, count(DISTINCT subject) AS orders
       FROM finding GROUP BY code, severity, team ORDER BY count(*) DESC, code`,
  );
  return rows;
}

/** A thing that speaks of an order's life while nobody knows of which. */
export interface Orphan {
  /** Its leaf. */
  readonly subject: string;
  readonly entries: string;
  readonly types: readonly string[];
  readonly accounts: readonly string[];
  readonly firstRecordedAt: string;
}

/** The kinds of things that belong to an order, or should. */
const kindsOfOrders = ['exchange', 'fulfilment', 'payment', 'pickup', 'return', 'shipment'];

/** A page of what no order is known for, by leaf. */
export async function listOrphans(
  client: ClientBase,
  { after, limit }: Slice,
): Promise<readonly Orphan[]> {
  const { rows } = await client.query<Orphan>({
    name: 'order timeline lists orphans',
    // Each kind is one stretch of the key; its dash is followed by the first character behind it.
    text: `SELECT subject, count(*) AS entries, array_agg(DISTINCT type) AS types,
            array_agg(DISTINCT account) AS accounts, min(recorded_at) AS "firstRecordedAt"
       FROM unnest($1::text[]) AS thing(category)
       JOIN entry ON subject > category || '-' AND subject < category || '.'
      WHERE $2::text IS NULL OR subject > $2
      GROUP BY subject ORDER BY subject LIMIT $3`,
    values: [kindsOfOrders, after?.[0] ?? null, limit + 1],
  });
  return rows;
}
