import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { eventName } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLastFourDigits,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { homeOfGiftCard } from './gift-card-use.js';

export const giftCardCauses = ['sale', 'refund', 'goodwill', 'promotion'] as const;
export type GiftCardCause = (typeof giftCardCauses)[number];

export class GiftCardIssued {
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  /** A sale is paid for by an order line; the others put a balance on the card without one. */
  @IsOneOf(giftCardCauses) cause!: GiftCardCause;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @Optional() @IsDateOrInstant() expiresAt?: string;
  @Optional() @IsLastFourDigits() lastFourDigits?: string;
}

export const giftCardIssued = defineEvent({
  type: 'GiftCardIssued',
  dataClass: GiftCardIssued,
  schemaVersion: 1,
  categories: ['giftCard'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfAmount,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfGiftCard(leaf), { connects: [eventName(eventId)], subjects: ordersOfLines([data]) }),
  words: {
    discriminators: 'none',
    businessKey: 'the card',
    touches: 'the card and its order',
  },
  effect: {
    posts: {
      does: 'later',
      words:
        'sale: Dr contract of the order / Cr gift-card liability; another cause: none, RefundIssued or nobody paid for it',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description:
    'A gift card was issued; its leaf is named by the token of its issuer, never by its number.',
});
