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
  IsCount,
  IsIdentifier,
  IsIdentifierOrEmpty,
  IsOneOf,
  Optional,
} from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class PaymentCaptureFailed {
  @IsOneOf(tenders) tender!: Tender;
  @IsMoney() amount!: Money;
  /** The provider's own id, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() capture!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** Counted by the provider, where it tries one capture again. */
  @Optional() @IsCount() attempt?: number;
  @Optional() @IsIdentifier() authorization?: string;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const paymentCaptureFailed = defineEvent({
  type: 'PaymentCaptureFailed',
  dataClass: PaymentCaptureFailed,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.capture || (transaction ?? ''), attemptOf(data)],
  businessKey: ({ leaf, data }) => [leaf, data.capture, attemptOf(data)],
  numberedBy: 'capture',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the capture's id, else the reporter's own transaction id; the attempt",
    businessKey: 'the payment, the capture and the attempt',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'no money moved' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Money that was to come in did not.',
  checks: checkOrderReferences,
});

function attemptOf({ attempt }: PaymentCaptureFailed): string {
  return attempt === undefined ? '' : String(attempt);
}
