import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class RefundRejected {
  /** The request that is rejected. */
  @IsIdentifier() request!: string;
  @Optional() @IsMoney() amount?: Money;
  @Optional() @IsLeafOf('approval') approval?: string;
  /** A code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const refundRejected = defineEvent({
  type: 'RefundRejected',
  dataClass: RefundRejected,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.request],
  businessKey: ({ leaf, data }) => [leaf, data.request],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: "the request's id",
    businessKey: 'the payment and the request',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'money goes back through RefundIssued' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A request for a refund was rejected.',
});
