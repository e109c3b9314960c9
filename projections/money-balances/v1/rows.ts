import { type Effective, type SubjectView, tillSessionsOf } from '#domain';
import type { EventType } from '#events';
import { categoryOf } from '#kernel';
import type { Projection, Row } from '#projection-engine';
import { giftCardTable, settlementBatchTable, tillCountTable } from './tables.js';

/** What gift cards hold, what payouts are made of and what tills counted; each fact adds its part. */
export const moneyBalances: Projection<SubjectView> = {
  name: 'money_balances',
  version: 1,
  tables: [giftCardTable, settlementBatchTable, tillCountTable],
  rowsOf: (view) => rowsByHome[categoryOf(view.subject)]?.(view) ?? [],
};

/** Uses of a card and lines of a payout are homes of their own: only their own facts add to it. */
const rowsByHome: Readonly<Record<string, (view: SubjectView) => readonly Row[]>> = {
  giftCardBalance: giftCardRows,
  giftCardUse: giftCardRows,
  settlementLine: lineRows,
  payout: payoutRows,
  tillSession: tillRows,
};

type GiftCardType = 'GiftCardIssued' | 'GiftCardRedeemed' | 'GiftCardRefunded' | 'GiftCardExpired';

/** The columns behind the key that an event of a card adds to, the balance being the last. */
const giftCardParts = {
  GiftCardIssued: [1, 0, 0, 0, 1],
  GiftCardRedeemed: [0, 1, 0, 0, -1],
  GiftCardRefunded: [0, 0, 1, 0, 1],
  GiftCardExpired: [0, 0, 0, 1, -1],
} as const satisfies Record<GiftCardType, readonly number[]>;

const giftCardTypes = Object.keys(giftCardParts) as readonly GiftCardType[];

function giftCardRows(view: SubjectView): readonly Row[] {
  return giftCardTypes.flatMap((type) =>
    ownOf(view, type).map(({ event: { leaf, data } }) => {
      const { minor, currency } = data.amount;
      const parts = giftCardParts[type].map((sign) => BigInt(sign * minor));
      return { table: 'gift_card', values: [leaf, currency, ...parts] };
    }),
  );
}

function lineRows(view: SubjectView): readonly Row[] {
  return ownOf(view, 'SettlementLineReported').map(({ event: { leaf, data } }) => {
    const { legalEntity, gross, fee, tax, net } = data;
    const amounts = [gross, fee, tax, net].map(({ minor }) => BigInt(minor));
    return {
      table: 'settlement_batch',
      values: [leaf, legalEntity, gross.currency, 1, ...amounts, 0n, BigInt(net.minor)],
    };
  });
}

function payoutRows(view: SubjectView): readonly Row[] {
  return ownOf(view, 'PayoutReceived').map(({ event: { leaf, data } }) => {
    const { minor, currency } = data.amount;
    const paid = BigInt(minor);
    return {
      table: 'settlement_batch',
      values: [leaf, data.legalEntity, currency, 0, 0n, 0n, 0n, 0n, paid, -paid],
    };
  });
}

function tillRows(view: SubjectView): readonly Row[] {
  return tillSessionsOf(view, new Set([view.subject])).flatMap(
    ({ till, register, session, counts }) =>
      counts.map(({ tender, expected, counted }) => ({
        table: 'till_count',
        values: [
          view.subject,
          till,
          register,
          session,
          tender,
          counted.currency,
          BigInt(expected.minor),
          BigInt(counted.minor),
          BigInt(counted.minor) - BigInt(expected.minor),
        ],
      })),
  );
}

function ownOf<Type extends EventType>(view: SubjectView, type: Type): readonly Effective<Type>[] {
  return view.effective(type).filter(({ resolved }) => resolved.home === view.subject);
}
