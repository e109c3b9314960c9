import type { Finding } from '#domain';
import type { ClientBase } from 'pg';

/** Where a list goes on, and how many rows are wanted; one more is read to see whether more follow. */
export interface Slice {
  /** The key of the last row that is known, in the list's order; left out for the beginning. */
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** What is known of an order in one row. Amounts are minor units of `currency`, as texts. */
export interface OrderHeader {
  readonly leaf: string;
  readonly account: string;
  readonly orderId: string | null;
  readonly status: string;
  readonly nextOwner: string;
  /** The kind of date by which the next owner acts. */
  readonly nextDue: string;
  readonly blockedBy: readonly string[];
  readonly legalEntity: string | null;
  readonly currency: string | null;
  readonly debtorKind: string | null;
  readonly debtorId: string | null;
  readonly channel: string | null;
  readonly capturedAt: string | null;
  readonly promised: string | null;
  readonly deliveredAt: string | null;
  readonly pickDueAt: string | null;
  readonly pickupExpiresAt: string | null;
  readonly authorizationExpiresAt: string | null;
  readonly stockExpectedAt: string | null;
  readonly refundExpectedAt: string | null;
  readonly evidenceDueAt: string | null;
  readonly exceptionDueAt: string | null;
  readonly orderedMinor: string;
  readonly authorizedMinor: string;
  readonly capturedMinor: string;
  readonly refundedMinor: string;
  readonly creditedMinor: string;
  /** Granted, or paid for what was cancelled, and not refunded yet. */
  readonly refundOwedMinor: string;
  readonly findingCount: number;
  readonly aliasOf: string | null;
  /** The ledger's sequence of the last contact with the customer, or null where there was none. */
  readonly lastContactSequence: string | null;
}

/**
 * How many units of one order line ever got how far, as texts, and its
 * amounts in minor units of the order's currency.
 */
export interface OrderLineUnits {
  readonly line: string;
  readonly kind: string;
  readonly sku: string | null;
  readonly uom: string;
  readonly ordered: string;
  readonly cancelled: string;
  readonly dispatched: string;
  readonly pickedUp: string;
  readonly delivered: string;
  readonly returned: string;
  readonly allocated: string;
  readonly backordered: string;
  readonly released: string;
  readonly picked: string;
  readonly packed: string;
  readonly readyForPickup: string;
  readonly grossMinor: string;
  readonly discountMinor: string;
  readonly taxMinor: string;
  readonly status: string;
}

/** A finding as it is stored, without words. */
export interface FindingRow {
  readonly subject: string;
  readonly code: string;
  readonly key: string;
  readonly facts: Finding['facts'];
  readonly severity: string;
  readonly team: string;
  readonly eventIds: readonly string[];
}

/** The columns of `order_header`, as {@link OrderHeader} names them. */
export const headerColumns = `
  order_leaf AS "leaf", account, order_id AS "orderId", status, next_owner AS "nextOwner",
  next_due AS "nextDue", blocked_by AS "blockedBy", legal_entity AS "legalEntity", currency,
  debtor_kind AS "debtorKind", debtor_id AS "debtorId", channel,
  captured_at AS "capturedAt", promised, delivered_at AS "deliveredAt",
  pick_due_at AS "pickDueAt", pickup_expires_at AS "pickupExpiresAt",
  authorization_expires_at AS "authorizationExpiresAt", stock_expected_at AS "stockExpectedAt",
  refund_expected_at AS "refundExpectedAt", evidence_due_at AS "evidenceDueAt",
  exception_due_at AS "exceptionDueAt",
  ordered_minor AS "orderedMinor", authorized_minor AS "authorizedMinor",
  captured_minor AS "capturedMinor", refunded_minor AS "refundedMinor",
  credited_minor AS "creditedMinor", refund_owed_minor AS "refundOwedMinor",
  finding_count AS "findingCount", alias_of AS "aliasOf",
  last_contact_sequence AS "lastContactSequence"`;

/** The header of an order, or undefined where nothing is known of it. */
export async function readOrderHeader(
  client: ClientBase,
  leaf: string,
): Promise<OrderHeader | undefined> {
  const { rows } = await client.query<OrderHeader>({
    name: 'order timeline reads a header',
    text: `SELECT ${headerColumns} FROM order_header WHERE order_leaf = $1`,
    values: [leaf],
  });
  return rows[0];
}

/** All lines of an order; an order has at most 2,000. */
export async function readOrderLines(
  client: ClientBase,
  leaf: string,
): Promise<readonly OrderLineUnits[]> {
  const { rows } = await client.query<OrderLineUnits>(
    `SELECT line, kind, sku, uom, ordered, cancelled, dispatched, picked_up AS "pickedUp",
            delivered, returned, allocated, backordered, released, picked, packed,
            ready_for_pickup AS "readyForPickup", gross_minor AS "grossMinor", discount_minor AS "discountMinor",
            tax_minor AS "taxMinor", status
       FROM order_line WHERE order_leaf = $1 ORDER BY line`,
    [leaf],
  );
  return rows;
}

export interface FindingFilter {
  readonly code?: string | undefined;
  readonly subject?: string | undefined;
}

/** The key of a finding in its list's order. */
export function findingKeyOf(
  finding: Pick<FindingRow, 'subject' | 'code' | 'key'>,
): readonly string[] {
  return [finding.subject, finding.code, finding.key];
}

export async function listFindings(
  client: ClientBase,
  filter: FindingFilter,
  { after, limit }: Slice,
): Promise<readonly FindingRow[]> {
  const { rows } = await client.query<FindingRow>({
    name: 'order timeline lists findings',
    text: `SELECT subject, code, key, facts, severity, team, event_ids AS "eventIds"
       FROM finding
      WHERE ($1::text IS NULL OR code = $1)
        AND ($2::text IS NULL OR subject = $2)
        AND ($3::text IS NULL OR (subject, code, key) > ($3, $4, $5))
      ORDER BY subject, code, key
      LIMIT $6`,
    values: [filter.code ?? null, filter.subject ?? null, ...keyParameters(after, 3), limit + 1],
  });
  return rows;
}

/** The parts of a key as parameters of a statement; nulls where the list begins. */
export function keyParameters(
  after: readonly string[] | undefined,
  length: number,
): (string | null)[] {
  return Array.from({ length }, (_, index) => after?.[index] ?? null);
}

export interface PaymentsOfTender {
  readonly tender: string;
  readonly currency: string;
  readonly count: string;
  readonly minor: string;
}

/** Counts over everything the timeline holds; counts and sums are texts. */
export interface TimelineStatistics {
  readonly eventsByType: Readonly<Record<string, string>>;
  readonly ordersByStatus: Readonly<Record<string, string>>;
  readonly orderLines: string;
  /** Units ordered on lines that are goods. */
  readonly items: string;
  /** Captures that are in force, each once. */
  readonly payments: readonly PaymentsOfTender[];
  readonly findingsByCode: Readonly<Record<string, string>>;
}

export async function readTimelineStatistics(client: ClientBase): Promise<TimelineStatistics> {
  const lines = await client.query<{ lines: string; items: string }>(
    `SELECT count(*) AS lines, coalesce(sum(ordered), 0) AS items
       FROM order_line WHERE kind = 'goods'`,
  );
  const payments = await client.query<PaymentsOfTender>(
    `SELECT tender, currency, count(*) AS count, sum(minor) AS minor
       FROM (SELECT DISTINCT ON (event_id) data->>'tender' AS tender,
                    data->'amount'->>'currency' AS currency,
                    (data->'amount'->>'minor')::numeric AS minor
               FROM entry
              WHERE type = 'PaymentCaptured' AND standing = 'effective'
              ORDER BY event_id) AS captures
      GROUP BY tender, currency ORDER BY tender, currency`,
  );
  return {
    eventsByType: await countsOf(
      client,
      'SELECT type AS name, count(DISTINCT event_id) AS count FROM entry GROUP BY type ORDER BY type',
    ),
    ordersByStatus: await countsOf(
      client,
      'SELECT status AS name, count(*) AS count FROM order_header GROUP BY status ORDER BY status',
    ),
    orderLines: lines.rows[0]?.lines ?? '0',
    items: lines.rows[0]?.items ?? '0',
    payments: payments.rows,
    findingsByCode: await countsOf(
      client,
      'SELECT code AS name, count(*) AS count FROM finding GROUP BY code ORDER BY code',
    ),
  };
}

async function countsOf(client: ClientBase, sql: string): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; count: string }>(sql);
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
