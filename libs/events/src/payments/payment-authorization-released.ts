import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsIdentifierOrEmpty, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentAuthorizationReleased {
  @IsMoney() amount!: Money;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() release!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsIdentifier() authorization?: string;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const paymentAuthorizationReleased = defineEvent({
  type: 'PaymentAuthorizationReleased',
  dataClass: PaymentAuthorizationReleased,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.release || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.release],
  numberedBy: 'release',
  measure: measureOfAmount,
  authority: 'issuer',
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the release's id, else the reporter's own transaction id",
    businessKey: 'the payment and the release',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'what was set aside was a memo' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Part of an authorization was given back, since it will not be captured.',
  checks: checkOrderReferences,
});
