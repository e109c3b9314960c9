import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsOneOf } from '../validation/decorators.js';

export class ReturnRiskScored {
  /** As the model writes it, since scales differ. */
  @IsIdentifier() score!: string;
  /** The model with its version. */
  @IsIdentifier() model!: string;
  @IsOneOf(['approve', 'review', 'decline']) recommendation!: 'approve' | 'review' | 'decline';
}

export const returnRiskScored = defineEvent({
  type: 'ReturnRiskScored',
  dataClass: ReturnRiskScored,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [data.model, occurrenceIdText(occurrence)],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the model and the time',
    businessKey: 'none: every score stands alone',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'a score performs nothing' },
    movesStock: { does: 'never', words: 'a score moves no units' },
  },
  description: 'How risky a return is was scored.',
});
