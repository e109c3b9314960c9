import { defineEvent } from '../event-definition.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';
import { DisputeOutcome, disputeOutcome } from './dispute-outcome.js';

export class DisputeLost extends DisputeOutcome {
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const disputeLost = defineEvent({
  type: 'DisputeLost',
  dataClass: DisputeLost,
  ...disputeOutcome,
  effect: {
    posts: {
      does: 'later',
      words: 'Dr chargeback loss, tax where it is recoverable / Cr disputes receivable',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A dispute was decided for the customer; what was withdrawn is lost.',
});
