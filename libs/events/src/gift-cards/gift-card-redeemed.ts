import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { giftCardUseKeys } from './gift-card-use.js';

export class GiftCardRedeemed {
  /** The issuer's own id of the redemption; who does not know it tells PaymentCaptured alone. */
  @IsIdentifier() redemption!: string;
  @IsMoney() amount!: Money;
  /** The payment that this paid, where the source says so. */
  @Optional() @IsLeafOf('payment') payment?: string;
  @Optional() @IsLeafOf('order') order?: string;
  /** What the issuer says is left on the card. */
  @Optional() @IsMoney() balance?: Money;
}

export const giftCardRedeemed = defineEvent({
  type: 'GiftCardRedeemed',
  dataClass: GiftCardRedeemed,
  schemaVersion: 1,
  categories: ['giftCard'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.redemption],
  businessKey: ({ leaf, data }) => [leaf, data.redemption],
  measure: measureOfAmount,
  authority: 'issuer',
  personalData: [],
  keys: (event) => giftCardUseKeys(event, event.data.redemption),
  words: {
    discriminators: "the redemption's id",
    businessKey: 'the card and the redemption',
    touches: 'the use of the card, the payment and the order',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'PaymentCaptured with the tender gift card posts: Dr gift-card liability / Cr contract',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A gift card was used to pay.',
});
