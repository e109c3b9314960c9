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
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class RefundReversed {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  /** The provider's own id of the refund that came back, empty where it is not known. */
  @IsIdentifierOrEmpty() refund!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const refundReversed = defineEvent({
  type: 'RefundReversed',
  dataClass: RefundReversed,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.refund || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.refund],
  numberedBy: 'refund',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the refund's id, else the reporter's own transaction id",
    businessKey: 'the payment and the refund',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'yes', words: 'Dr clearing of the tender / Cr contract of each order' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A refund that had been sent came back.',
  checks: checkOrderReferences,
});
