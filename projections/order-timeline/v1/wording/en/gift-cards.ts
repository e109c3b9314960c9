import type { EventOf } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { inWords, money } from './phrases.js';

function issuedWords({ data }: EventOf<'GiftCardIssued'>): string {
  const ending = data.lastFourDigits === undefined ? '' : ` ending ${data.lastFourDigits}`;
  return `Issued a gift card${ending} of ${money(data.amount)} for a ${inWords(data.cause)}`;
}

export const giftCardWording: ContextWording<'giftCards'> = {
  GiftCardIssued: {
    internal: issuedWords,
    customer: ({ data }) => `A gift card of ${money(data.amount)} was issued`,
  },
  GiftCardRedeemed: {
    internal: ({ data }) => `Took ${money(data.amount)} off a gift card`,
    // The payment that it made is told.
    customer: notTold,
  },
  GiftCardRefunded: {
    internal: ({ data }) => `Put ${money(data.amount)} back on a gift card`,
    // The refund that it is part of is told.
    customer: notTold,
  },
  GiftCardExpired: {
    internal: ({ data }) => `A gift card lapsed with ${money(data.amount)} on it`,
    customer: ({ data }) => `Your gift card lapsed with ${money(data.amount)} on it`,
  },
};
