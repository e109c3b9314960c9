import type { Money } from '#kernel';
import { defineEvent, type EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { creditBases } from '../orders/credit-granted.js';
import {
  IsOrderReferencesOrNull,
  OrderLineUnits,
  type OrderReference,
  ordersOfLines,
  type Tender,
  tenders,
} from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

/** What a credit may be for, and what goes back without one, since nothing was performed. */
export const refundBases = [...creditBases, 'cancellation', 'duplicate', 'overpayment'] as const;
export type RefundBasis = (typeof refundBases)[number];

export class RefundRequested {
  /** The request's own id at whoever made it; a refund names it as its `decisionId`. */
  @IsIdentifier() request!: string;
  @IsMoney() amount!: Money;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** Why the money is to go back. */
  @IsOneOf(refundBases) basis!: RefundBasis;
  /** The received or cancelled units that the amount is for. */
  @Optional() @IsListOf(() => OrderLineUnits) lines?: OrderLineUnits[];
  @Optional() @IsLeafOf('return') returnRef?: string;
  @Optional() @IsLeafOf('exchange') exchange?: string;
  @Optional() @IsOneOf(tenders) tender?: Tender;
  @Optional() @IsIdentifier() capture?: string;
  @Optional() @IsIdentifier() creditMemo?: string;
  /** A code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const refundRequested = defineEvent({
  type: 'RefundRequested',
  dataClass: RefundRequested,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.request],
  businessKey: ({ leaf, data }) => [leaf, data.request],
  measure: measureOfAmount,
  personalData: [],
  keys: requestKeys,
  words: {
    discriminators: "the request's id",
    businessKey: 'the payment and the request',
    touches: 'the payment, its orders, the return and the exchange',
  },
  effect: {
    posts: { does: 'never', words: 'money goes back through RefundIssued' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'It was asked that money go back to the customer.',
  checks: checkOrderReferences,
});

function requestKeys(event: EventParts<RefundRequested>): EventKeys {
  const { data } = event;
  const { home, subjects, reads } = paymentKeys(event);
  return keys(home, {
    reads,
    connects: [data.returnRef, data.exchange].filter((leaf) => leaf !== undefined),
    subjects: [...new Set([...subjects, ...ordersOfLines(data.lines)])],
  });
}
