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

export class RefundFailed {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() refund!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsIdentifier() decisionId?: string;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const refundFailed = defineEvent({
  type: 'RefundFailed',
  dataClass: RefundFailed,
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
    posts: {
      does: 'never',
      words: 'the money never left; a refund that left and came back is RefundReversed',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A refund could not be sent.',
  checks: checkOrderReferences,
});
