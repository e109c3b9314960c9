import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfMovement } from '../measures.js';
import {
  IsOrderReferencesOrNull,
  type OrderReference,
  type Tender,
  tenders,
} from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsIdentifierOrEmpty,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkMovement, paymentKeys } from './payment-event.js';

export class DisputeFundsReinstated {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  /** The provider's own id of this movement, the dispute's where it numbers none; else empty. */
  @IsIdentifierOrEmpty() reinstatement!: string;
  @IsOneOf(tenders) tender!: Tender;
  /** The disputed money, without the fee. */
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** What of the fee is given back. */
  @Optional() @IsMoney() fee?: Money;
}

export const disputeFundsReinstated = defineEvent({
  type: 'DisputeFundsReinstated',
  dataClass: DisputeFundsReinstated,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [
    data.dispute,
    data.reinstatement || (transaction ?? ''),
  ],
  businessKey: ({ leaf, data }) => [leaf, data.reinstatement],
  numberedBy: 'reinstatement',
  measure: measureOfMovement,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators:
      "the dispute's id or empty; the reinstatement's id, else the reporter's own transaction id",
    businessKey: 'the payment and the reinstatement',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr clearing of the tender / Cr disputes receivable, chargeback fees',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A provider gave disputed money back.',
  checks: checkMovement,
});
