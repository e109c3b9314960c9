import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsIdentifierOrEmpty } from '../validation/decorators.js';

export class DisputeEvidenceDue {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
  /** The provider takes evidence until this day or instant. */
  @IsDateOrInstant() dueAt!: string;
}

export const disputeEvidenceDue = defineEvent({
  type: 'DisputeEvidenceDue',
  dataClass: DisputeEvidenceDue,
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction, occurrence }) => [
    data.dispute || (transaction ?? ''),
    data.dueAt,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators:
      "the dispute's id, else the reporter's own transaction id; the date; the time it was set",
    businessKey: 'none: a register per dispute',
    touches: 'the payment and its orders',
  },
  effect: {
    posts: { does: 'never', words: "only the dispute's funds events move money" },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Until when evidence for a dispute has to be there.',
});
