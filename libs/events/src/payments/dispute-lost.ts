import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsIdentifierOrEmpty, Optional } from '../validation/decorators.js';

export class DisputeLost {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  /** The provider's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const disputeLost = defineEvent({
  type: 'DisputeLost',
  dataClass: DisputeLost,
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
      does: 'later',
      words: 'Dr chargeback loss, tax where it is recoverable / Cr disputes receivable',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A dispute was decided for the customer; what was withdrawn is lost.',
});
