import { defineEvent } from '../event-definition.js';
import { IsIdentifierOrEmpty } from '../validation/decorators.js';
import { DisputeFunds, disputeFundsBy } from './dispute-funds.js';

export class DisputeFundsReinstated extends DisputeFunds {
  /** The provider's own id of this movement, the dispute's where it numbers none; else empty. */
  @IsIdentifierOrEmpty() reinstatement!: string;
}

export const disputeFundsReinstated = defineEvent({
  type: 'DisputeFundsReinstated',
  dataClass: DisputeFundsReinstated,
  ...disputeFundsBy('reinstatement'),
  effect: {
    posts: {
      does: 'later',
      words: 'Dr clearing of the tender / Cr disputes receivable, chargeback fees',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A provider gave disputed money back.',
});
