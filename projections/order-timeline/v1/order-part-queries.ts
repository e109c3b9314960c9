import type { ClientBase } from 'pg';

/** One promise of a delivery date with the one before it for the same line. */
export interface PromiseRow {
  readonly line: string | null;
  readonly promised: string;
  /** What was promised before, or null for the first. */
  readonly before: string | null;
  readonly cause: string | null;
  readonly setAt: string | null;
  readonly account: string;
  readonly eventId: string;
}

/**
 * Every change of what was promised, the earliest first. It is read off the timeline, which holds
 * each promise whether it is in force or not; saying the same again changes nothing.
 */
export async function readPromises(
  client: ClientBase,
  leaf: string,
): Promise<readonly PromiseRow[]> {
  const { rows } = await client.query<PromiseRow>({
    name: 'order timeline reads promises',
    text: `SELECT line, promised, before, cause, "setAt", account, "eventId" FROM (
        SELECT data->>'line' AS line, data->>'promised' AS promised,
               lag(data->>'promised') OVER promises AS before, data->>'cause' AS cause,
               sort_at AS "setAt", account, event_id AS "eventId"
          FROM entry
         WHERE subject = $1 AND type = 'PromiseDateSet' AND standing IN ('effective', 'superseded')
        WINDOW promises AS (PARTITION BY data->>'line' ORDER BY sort_at, event_id)
      ) AS promise
      WHERE before IS DISTINCT FROM promised
      ORDER BY "setAt", "eventId"`,
    values: [leaf],
  });
  return rows;
}

/** What a payment is to an order; amounts are minor units of `currency`, as texts. */
export interface TenderRow {
  readonly payment: string;
  readonly tender: string;
  readonly currency: string;
  readonly authorizedMinor: string;
  readonly openAuthorizationMinor: string;
  readonly expiresAt: string | null;
  readonly capturedMinor: string;
  readonly refundedMinor: string;
  readonly disputedMinor: string;
  readonly settledMinor: string;
}

/** How far a refund is; `minor` are minor units of `currency`, as text. */
export interface RefundRow {
  readonly key: string;
  readonly state: string;
  readonly payment: string | null;
  readonly refund: string | null;
  readonly tender: string | null;
  readonly minor: string;
  readonly currency: string;
  readonly grantedAt: string | null;
  readonly approvedAt: string | null;
  readonly sentAt: string | null;
  readonly settledAt: string | null;
  readonly expectedAt: string | null;
  readonly reference: string | null;
}

/** Stock or money an order binds; `qty` of `unit` for stock, `minor` of `unit` for money. */
export interface CommitmentRow {
  readonly kind: string;
  readonly key: string;
  readonly line: string | null;
  readonly place: string | null;
  readonly qty: string;
  readonly minor: string;
  readonly unit: string | null;
  readonly dueAt: string | null;
}

/** The most rows of one kind that an order's answer holds. */
const partRowsMax = 500;

/** How an order is paid, by payment and tender. */
export async function readTenders(client: ClientBase, leaf: string): Promise<readonly TenderRow[]> {
  const { rows } = await client.query<TenderRow>({
    name: 'order timeline reads tenders',
    text: `SELECT payment, tender, currency, authorized_minor AS "authorizedMinor",
            open_authorization_minor AS "openAuthorizationMinor", expires_at AS "expiresAt",
            captured_minor AS "capturedMinor", refunded_minor AS "refundedMinor",
            disputed_minor AS "disputedMinor", settled_minor AS "settledMinor"
       FROM order_tender WHERE order_leaf = $1 ORDER BY payment, tender, currency LIMIT $2`,
    values: [leaf, partRowsMax],
  });
  return rows;
}

/** The refund tracker of an order. */
export async function readRefunds(client: ClientBase, leaf: string): Promise<readonly RefundRow[]> {
  const { rows } = await client.query<RefundRow>({
    name: 'order timeline reads refunds',
    text: `SELECT refund_key AS "key", state, payment, refund, tender, minor, currency,
            granted_at AS "grantedAt", approved_at AS "approvedAt", sent_at AS "sentAt",
            settled_at AS "settledAt", expected_at AS "expectedAt", reference
       FROM order_refund WHERE order_leaf = $1
      ORDER BY coalesce(granted_at, sent_at, settled_at), refund_key LIMIT $2`,
    values: [leaf, partRowsMax],
  });
  return rows;
}

/** The stock and the money an order binds now. */
export async function readCommitments(
  client: ClientBase,
  leaf: string,
): Promise<readonly CommitmentRow[]> {
  const { rows } = await client.query<CommitmentRow>({
    name: 'order timeline reads commitments',
    text: `SELECT kind, commitment_key AS "key", order_line AS "line", place, qty, minor, unit,
            due_at AS "dueAt"
       FROM order_commitment WHERE order_leaf = $1 ORDER BY kind, commitment_key LIMIT $2`,
    values: [leaf, partRowsMax],
  });
  return rows;
}
