import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsIdentifierOrEmpty, IsOneOf, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class DisputeOpened {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  /** An inquiry asks first and takes no money. */
  @IsOneOf(['inquiry', 'chargeback']) kind!: 'inquiry' | 'chargeback';
  @IsMoney() amount!: Money;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsIdentifier() capture?: string;
  /** The code of the card scheme or provider; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const disputeOpened = defineEvent({
  type: 'DisputeOpened',
  dataClass: DisputeOpened,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.dispute || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.dispute],
  numberedBy: 'dispute',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the dispute's id, else the reporter's own transaction id",
    businessKey: 'the payment and the dispute',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: "only the dispute's funds events move money" },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A customer disputes a payment with the bank or the provider.',
  checks: checkOrderReferences,
});
