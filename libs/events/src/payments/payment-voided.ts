import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsIdentifierOrEmpty, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentVoided {
  @IsMoney() amount!: Money;
  /** The provider's own id of what is voided, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() authorization!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const paymentVoided = defineEvent({
  type: 'PaymentVoided',
  dataClass: PaymentVoided,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.authorization || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.authorization],
  numberedBy: 'authorization',
  measure: measureOfAmount,
  authority: 'issuer',
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the voided authorization's id, else the reporter's own transaction id",
    businessKey: 'the payment and the voided authorization',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'what was set aside was a memo' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'An authorization was called off as a whole; nothing more of it can be captured.',
  checks: checkOrderReferences,
});
