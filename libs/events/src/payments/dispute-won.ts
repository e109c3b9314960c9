import { defineEvent } from '../event-definition.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';
import { DisputeOutcome, disputeOutcome } from './dispute-outcome.js';

export class DisputeWon extends DisputeOutcome {
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const disputeWon = defineEvent({
  type: 'DisputeWon',
  dataClass: DisputeWon,
  ...disputeOutcome,
  effect: {
    posts: { does: 'never', words: 'the money comes back through DisputeFundsReinstated' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A dispute was decided for the seller.',
});
