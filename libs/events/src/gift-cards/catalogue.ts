import { giftCardExpired } from './gift-card-expired.js';
import { giftCardIssued } from './gift-card-issued.js';
import { giftCardRedeemed } from './gift-card-redeemed.js';
import { giftCardRefunded } from './gift-card-refunded.js';

/** The events of a gift card. */
export const giftCardEvents = {
  GiftCardIssued: giftCardIssued,
  GiftCardRedeemed: giftCardRedeemed,
  GiftCardRefunded: giftCardRefunded,
  GiftCardExpired: giftCardExpired,
} as const;
