import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsIdentifierOrEmpty, Optional } from '../validation/decorators.js';

export class DisputeClosedByRefund {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  /** The refund that closed it, by the provider's own id. */
  @Optional() @IsIdentifier() refund?: string;
}

export const disputeClosedByRefund = defineEvent({
  type: 'DisputeClosedByRefund',
  dataClass: DisputeClosedByRefund,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.dispute || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.dispute],
  numberedBy: 'dispute',
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: "the dispute's id, else the reporter's own transaction id",
    businessKey: 'the payment and the dispute',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'the money went back through RefundIssued; what had been withdrawn returns through DisputeFundsReinstated',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A dispute ended since the customer was refunded.',
});
