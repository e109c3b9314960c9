import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class RefundApproved {
  /** The request that is approved. */
  @IsIdentifier() request!: string;
  /** What may go back, which may be less than was asked for. */
  @IsMoney() amount!: Money;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const refundApproved = defineEvent({
  type: 'RefundApproved',
  dataClass: RefundApproved,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.request],
  businessKey: ({ leaf, data }) => [leaf, data.request],
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the request's id",
    businessKey: 'the payment and the request',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'money goes back through RefundIssued' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A request for a refund was approved.',
  checks: checkOrderReferences,
});
