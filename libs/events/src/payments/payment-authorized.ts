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
import {
  IsDateOrInstant,
  IsIdentifierOrEmpty,
  IsLastFourDigits,
  IsOneOf,
  Optional,
} from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentAuthorized {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() authorization!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsDateOrInstant() expiresAt?: string;
  /** Of the card, where the tender is one. */
  @Optional() @IsLastFourDigits() lastFourDigits?: string;
}

export const paymentAuthorized = defineEvent({
  type: 'PaymentAuthorized',
  dataClass: PaymentAuthorized,
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
    discriminators: "the authorization's id, else the reporter's own transaction id",
    businessKey: 'the payment and the authorization',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'a memo, no money moved' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A payment provider set an amount aside.',
  checks: checkOrderReferences,
});
