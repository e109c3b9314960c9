import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import {
  IsOrderReferencesOrNull,
  type OrderReference,
  type Tender,
  tenders,
} from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsIdentifierOrEmpty, IsOneOf, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentAuthorizationFailed {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  /** The provider's own id of the attempt, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() authorization!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const paymentAuthorizationFailed = defineEvent({
  type: 'PaymentAuthorizationFailed',
  dataClass: PaymentAuthorizationFailed,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.authorization || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.authorization],
  numberedBy: 'authorization',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the failed authorization's id, else the reporter's own transaction id",
    businessKey: 'the payment and the failed authorization',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'no money moved' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A payment provider refused to set an amount aside.',
  checks: checkOrderReferences,
});
