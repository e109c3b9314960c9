import type { Finding } from '#domain';
import type { ToldFinding } from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import type { ContractBalanceRow } from '../../../../../projections/erp-postings/v1/contract-queries.js';
import {
  type PayoutRow,
  payoutStates,
  type TillCountRow,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import type { GiftCardRow } from '../../../../../projections/money-balances/v1/queries.js';
import type { StreamEntry } from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import {
  anyObject,
  digits,
  listOf,
  objectOf,
  oneOf,
  optional,
  orNull,
  pageMembers,
  pageOfSchema,
  text,
} from '../documentation/answer-schema.js';
import type { GiftCardAnswer, ListedGiftCard } from './gift-card-reads.js';
import type { PayoutAnswer } from './payout-reads.js';

const giftCardMembers = {
  card: text,
  currency: text,
  issued: digits,
  redeemed: digits,
  refunded: digits,
  expired: digits,
  balance: digits,
};

const findingSchema = objectOf<ToldFinding<Finding>>({
  code: text,
  key: text,
  words: text,
  severity: oneOf('info', 'warning', 'error'),
  team: text,
  eventIds: listOf(text),
});

const streamEntry = objectOf<StreamEntry>({
  eventId: text,
  type: text,
  account: text,
  occurredAt: orNull(text),
  precision: text,
  standing: text,
  revision: digits,
  data: anyObject,
});

const payout = objectOf<PayoutRow>({
  batch: text,
  legalEntity: text,
  currency: text,
  lines: digits,
  gross: digits,
  fee: digits,
  tax: digits,
  net: digits,
  paidOut: digits,
  open: digits,
  state: oneOf(...payoutStates),
});

export const giftCardsSchema = pageOfSchema(
  objectOf<ListedGiftCard>({ ...giftCardMembers, finding: optional(findingSchema) }),
);

export const giftCardSchema = objectOf<GiftCardAnswer>({
  card: text,
  balances: listOf(objectOf<GiftCardRow>(giftCardMembers)),
  ...pageMembers(streamEntry),
});

export const payoutsSchema = pageOfSchema(payout);

export const payoutSchema = objectOf<PayoutAnswer>({
  batch: text,
  payouts: listOf(payout),
  ...pageMembers(streamEntry),
});

export const tillsSchema = pageOfSchema(
  objectOf<TillCountRow>({
    till: text,
    register: text,
    session: text,
    tender: text,
    currency: text,
    expected: digits,
    counted: digits,
    difference: digits,
  }),
);

export const contractsSchema = pageOfSchema(
  objectOf<ContractBalanceRow>({
    contract: text,
    legalEntity: text,
    currency: text,
    debtor: text,
    debitMinor: digits,
    creditMinor: digits,
    balanceMinor: digits,
  }),
);
