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
  IsIdentifier,
  IsIdentifierOrEmpty,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class RefundIssued {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() refund!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  @Optional() @IsIdentifier() capture?: string;
  @Optional() @IsIdentifier() creditMemo?: string;
  @Optional() @IsIdentifier() decisionId?: string;
  /** By which the customer's bank finds the refund. */
  @Optional() @IsIdentifier() acquirerReference?: string;
  /** When the customer should have the money. */
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

export const refundIssued = defineEvent({
  type: 'RefundIssued',
  dataClass: RefundIssued,
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
    posts: { does: 'yes', words: 'Dr contract of each order / Cr clearing of the tender' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Money went back.',
  checks: checkOrderReferences,
});
