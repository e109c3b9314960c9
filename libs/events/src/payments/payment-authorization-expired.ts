import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifierOrEmpty } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentAuthorizationExpired {
  @IsMoney() amount!: Money;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() authorization!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
}

export const paymentAuthorizationExpired = defineEvent({
  type: 'PaymentAuthorizationExpired',
  dataClass: PaymentAuthorizationExpired,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.authorization || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.authorization],
  numberedBy: 'authorization',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the authorization's id, else the reporter's own transaction id",
    businessKey: 'the payment and the authorization',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'what was set aside was a memo' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'What was left of an authorization lapsed before it was captured.',
  checks: checkOrderReferences,
});
