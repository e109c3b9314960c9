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
  IsIdentifier,
  IsIdentifierOrEmpty,
  IsLastFourDigits,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentCaptured {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() capture!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsIdentifier() authorization?: string;
  /** Of the card, where the tender is one. */
  @Optional() @IsLastFourDigits() lastFourDigits?: string;
}

export const paymentCaptured = defineEvent({
  type: 'PaymentCaptured',
  dataClass: PaymentCaptured,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.capture || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.capture],
  numberedBy: 'capture',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the capture's id, else the reporter's own transaction id",
    businessKey: 'the payment and the capture',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'yes', words: 'Dr clearing of the tender / Cr contract of each order' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Money came in.',
  checks: checkOrderReferences,
});
