import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class RecommendationOverridden {
  /** What was done instead, as a code. */
  @IsIdentifier() chosen!: string;
  @IsIdentifier() decidedBy!: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const recommendationOverridden = defineEvent({
  type: 'RecommendationOverridden',
  dataClass: RecommendationOverridden,
  schemaVersion: 1,
  categories: ['recommendation'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.decidedBy],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'who decided',
    businessKey: 'none: every decision stands alone',
    touches: 'the recommendation and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'a recommendation decides nothing' },
    movesStock: { does: 'never', words: 'a recommendation decides nothing' },
  },
  description: 'Somebody decided otherwise than was recommended.',
});
