import { defineEvent } from '../event-definition.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';
import { DisputeOutcome, disputeOutcome } from './dispute-outcome.js';

export class DisputeClosedByRefund extends DisputeOutcome {
  /** The refund that closed it, by the provider's own id. */
  @Optional() @IsIdentifier() refund?: string;
}

export const disputeClosedByRefund = defineEvent({
  type: 'DisputeClosedByRefund',
  dataClass: DisputeClosedByRefund,
  ...disputeOutcome,
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
