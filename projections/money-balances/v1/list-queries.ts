import type { ClientBase } from 'pg';
import type { GiftCardRow, SettlementBatchRow } from './queries.js';

interface Slice {
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** How what a payout is made of and what reached the bank compare. */
export const payoutStates = ['matched', 'awaited', 'unexplained', 'differs'] as const;
export type PayoutState = (typeof payoutStates)[number];

/** What a batch of a provider is made of, and what reached the bank of it. */
export interface PayoutRow extends SettlementBatchRow {
  /** The leaf of the batch. */
  readonly batch: string;
  /**
   * `matched`: the bank got what the lines come to; `awaited`: nothing came in yet; `unexplained`: no
   * lines are reported; `differs`: both are told and are not equal.
   */
  readonly state: PayoutState;
}

export interface PayoutFilter {
  readonly batch?: string | undefined;
  readonly state?: PayoutState | undefined;
  readonly legalEntity?: string | undefined;
  readonly currency?: string | undefined;
}

/** How the state of a row is told; a batch without lines has nothing to compare with. */
const payoutState = `CASE WHEN lines = 0 THEN 'unexplained' WHEN open = 0 THEN 'matched'
  WHEN paid_out = 0 THEN 'awaited' ELSE 'differs' END`;

/** The key of a payout in its list's order. */
export function payoutKeyOf({ batch, legalEntity, currency }: PayoutRow): readonly string[] {
  return [batch, legalEntity, currency];
}

/** Payouts by batch, legal entity and currency. */
export async function listPayouts(
  client: ClientBase,
  { batch, state, legalEntity, currency }: PayoutFilter,
  { after, limit }: Slice,
): Promise<readonly PayoutRow[]> {
  const { rows } = await client.query<PayoutRow>(
    `SELECT batch, legal_entity AS "legalEntity", currency, lines, gross, fee, tax, net,
            paid_out AS "paidOut", open, ${payoutState} AS state
       FROM settlement_batch
      WHERE ($1::text IS NULL OR batch = $1) AND ($2::text IS NULL OR ${payoutState} = $2)
        AND ($3::text IS NULL OR legal_entity = $3) AND ($4::text IS NULL OR currency = $4)
        AND ($5::text IS NULL OR (batch, legal_entity, currency) > ($5, $6, $7))
      ORDER BY batch, legal_entity, currency
      LIMIT $8`,
    [
      batch ?? null,
      state ?? null,
      legalEntity ?? null,
      currency ?? null,
      ...keyParameters(after, 3),
      limit + 1,
    ],
  );
  return rows;
}

/** What was counted of a tender when a session of a register was closed. Minor units are texts. */
export interface TillCountRow {
  /** The till's leaf: a store and its business day. */
  readonly till: string;
  readonly register: string;
  readonly session: string;
  readonly tender: string;
  readonly currency: string;
  readonly expected: string;
  readonly counted: string;
  /** Above zero the drawer is over, below zero short. */
  readonly difference: string;
}

export interface TillFilter {
  readonly till?: string | undefined;
  /** Only counts that are over or short. */
  readonly off: boolean;
}

/** The key of a count in its list's order. */
export function tillCountKeyOf(row: TillCountRow): readonly string[] {
  return [row.till, row.register, row.session, row.tender, row.currency];
}

/** What registers counted, session by session. */
export async function listTillCounts(
  client: ClientBase,
  { till, off }: TillFilter,
  { after, limit }: Slice,
): Promise<readonly TillCountRow[]> {
  const { rows } = await client.query<TillCountRow>(
    `SELECT till, register, session, tender, currency, expected, counted, difference
       FROM till_count
      WHERE ($1::text IS NULL OR till = $1) AND (NOT $2 OR difference <> 0)
        AND ($3::text IS NULL
          OR (till, register, session, tender, currency) > ($3, $4, $5, $6, $7))
      ORDER BY till, register, session, tender, currency
      LIMIT $8`,
    [till ?? null, off, ...keyParameters(after, 5), limit + 1],
  );
  return rows;
}

/** The gift cards with something on them. */
export async function listGiftCards(
  client: ClientBase,
  { after, limit }: Slice,
): Promise<readonly GiftCardRow[]> {
  const { rows } = await client.query<GiftCardRow>(
    `SELECT card, currency, issued, redeemed, refunded, expired, balance
       FROM gift_card
      WHERE balance <> 0 AND ($1::text IS NULL OR (card, currency) > ($1, $2))
      ORDER BY card, currency
      LIMIT $3`,
    [...keyParameters(after, 2), limit + 1],
  );
  return rows;
}

/** The key of a gift card in its list's order. */
export function giftCardKeyOf({ card, currency }: GiftCardRow): readonly string[] {
  return [card, currency];
}

function keyParameters(after: readonly string[] | undefined, length: number): (string | null)[] {
  return Array.from({ length }, (_, index) => after?.[index] ?? null);
}
