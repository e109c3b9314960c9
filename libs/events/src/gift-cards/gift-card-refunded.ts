import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { giftCardUseKeys } from './gift-card-use.js';

export class GiftCardRefunded {
  /** The issuer's own id of the refund; who does not know it tells RefundIssued alone. */
  @IsIdentifier() refund!: string;
  @IsMoney() amount!: Money;
  /** The payment that is refunded, where the source says so. */
  @Optional() @IsLeafOf('payment') payment?: string;
  @Optional() @IsLeafOf('order') order?: string;
  /** What the issuer says is on the card now. */
  @Optional() @IsMoney() balance?: Money;
}

export const giftCardRefunded = defineEvent({
  type: 'GiftCardRefunded',
  dataClass: GiftCardRefunded,
  schemaVersion: 1,
  categories: ['giftCard'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.refund],
  businessKey: ({ leaf, data }) => [leaf, data.refund],
  measure: measureOfAmount,
  authority: 'issuer',
  personalData: [],
  keys: (event) => giftCardUseKeys(event, event.data.refund),
  words: {
    discriminators: "the refund's id",
    businessKey: 'the card and the refund',
    touches: 'the use of the card, the payment and the order',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'RefundIssued with the tender gift card posts: Dr contract / Cr gift-card liability',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Money was put back on a gift card.',
});
