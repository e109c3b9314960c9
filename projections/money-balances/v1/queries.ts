import { type Finding, type FindingFacts, findingOf } from '#domain';
import type { ClientBase } from 'pg';

/** Where a list goes on, and how many rows are wanted; one more is read to see whether more follow. */
interface Slice {
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
}

/** What is on a gift card. Minor units are texts. */
export interface GiftCardRow {
  readonly card: string;
  readonly currency: string;
  readonly issued: string;
  readonly redeemed: string;
  readonly refunded: string;
  readonly expired: string;
  readonly balance: string;
}

/** What a payout is made of. Minor units and the number of lines are texts. */
export interface SettlementBatchRow {
  readonly legalEntity: string;
  readonly currency: string;
  readonly lines: string;
  readonly gross: string;
  readonly fee: string;
  readonly tax: string;
  readonly net: string;
  readonly paidOut: string;
  /** Net less what reached the bank. */
  readonly open: string;
}

/** A gift card that paid more than was ever on it. */
export interface OverdrawnGiftCard extends GiftCardRow {
  readonly finding: Finding;
}

const giftCardColumns = 'card, currency, issued, redeemed, refunded, expired, balance';

/** What is on a card, a row per currency. */
export async function giftCardBalances(
  client: ClientBase,
  card: string,
): Promise<readonly GiftCardRow[]> {
  const { rows } = await client.query<GiftCardRow>(
    `SELECT ${giftCardColumns} FROM gift_card WHERE card = $1 ORDER BY currency`,
    [card],
  );
  return rows;
}

/**
 * The gift cards whose uses sum to more than was put on them. The uses of a card lie apart, so that
 * no one of them shows it; a card whose issue is not told yet is no contradiction.
 */
export async function listOverdrawnGiftCards(
  client: ClientBase,
  { after, limit }: Slice,
): Promise<readonly OverdrawnGiftCard[]> {
  const { rows } = await client.query<GiftCardRow>(
    `SELECT ${giftCardColumns} FROM gift_card
      WHERE balance < 0 AND issued > 0
        AND ($1::text IS NULL OR (card, currency) > ($1, $2))
      ORDER BY card, currency
      LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows.map((row) => ({
    ...row,
    finding: findingOf('gift_card_overdrawn', row.currency, overdrawnBy(row), []),
  }));
}

function overdrawnBy(row: GiftCardRow): FindingFacts['gift_card_overdrawn'] {
  const { currency } = row;
  return {
    redeemed: { minor: row.redeemed, currency },
    issued: { minor: row.issued, currency },
    refunded: { minor: row.refunded, currency },
    expired: { minor: row.expired, currency },
  };
}

/** Why a payout is what it is: a row per legal entity and currency. */
export async function settlementBatch(
  client: ClientBase,
  batch: string,
): Promise<readonly SettlementBatchRow[]> {
  const { rows } = await client.query<SettlementBatchRow>(
    `SELECT legal_entity AS "legalEntity", currency, lines, gross, fee, tax, net,
            paid_out AS "paidOut", open
       FROM settlement_batch WHERE batch = $1 ORDER BY legal_entity, currency`,
    [batch],
  );
  return rows;
}
