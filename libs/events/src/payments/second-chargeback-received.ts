import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsOrderReferencesOrNull, type OrderReference } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsIdentifierOrEmpty, Optional } from '../validation/decorators.js';
import { checkOrderReferences, paymentKeys } from './payment-event.js';

export class SecondChargebackReceived {
  /** The provider's own id of the second chargeback, empty where it is not known. */
  @IsIdentifierOrEmpty() dispute!: string;
  @IsMoney() amount!: Money;
  @IsOrderReferencesOrNull() orderRefs!: OrderReference[] | null;
  /** The dispute that had been decided before. */
  @Optional() @IsIdentifier() firstDispute?: string;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const secondChargebackReceived = defineEvent({
  type: 'SecondChargebackReceived',
  dataClass: SecondChargebackReceived,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.dispute || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.dispute],
  numberedBy: 'dispute',
  measure: measureOfAmount,
  personalData: [],
  keys: paymentKeys,
  words: {
    discriminators: "the dispute's id, else the reporter's own transaction id",
    businessKey: 'the payment and the dispute',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: "only the dispute's funds events move money" },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: "A customer's bank disputes again what had been decided for the seller.",
  checks: checkOrderReferences,
});
