import { defineEvent } from '../event-definition.js';
import { IsIdentifierOrEmpty } from '../validation/decorators.js';
import { DisputeFunds, disputeFundsBy } from './dispute-funds.js';

export class DisputeFundsWithdrawn extends DisputeFunds {
  /** The provider's own id of this movement, the dispute's where it numbers none; else empty. */
  @IsIdentifierOrEmpty() withdrawal!: string;
}

export const disputeFundsWithdrawn = defineEvent({
  type: 'DisputeFundsWithdrawn',
  dataClass: DisputeFundsWithdrawn,
  ...disputeFundsBy('withdrawal'),
  effect: {
    posts: {
      does: 'later',
      words: 'Dr disputes receivable, chargeback fees / Cr clearing of the tender',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A provider took disputed money back.',
});
