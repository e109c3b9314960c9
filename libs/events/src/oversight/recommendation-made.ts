import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { namesOfThings } from '../placement.js';
import { IsDecimal } from '../validation/decimals.js';
import { IsListOfIdentifiers, IsListOfLeaves } from '../validation/lists.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class RecommendationMade {
  @IsIdentifier() model!: string;
  @IsIdentifier() modelVersion!: string;
  /** What it recommends, as a code. */
  @IsIdentifier() recommended!: string;
  @IsListOfLeaves() about!: string[];
  /** The ids of the events it was made from. */
  @Optional() @IsListOfIdentifiers() inputs?: string[];
  @Optional() @IsDecimal() score?: string;
}

export const recommendationMade = defineEvent({
  type: 'RecommendationMade',
  dataClass: RecommendationMade,
  schemaVersion: 1,
  categories: ['recommendation'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, namesOfThings(data.about)),
  words: {
    discriminators: 'none',
    businessKey: 'none: every recommendation stands alone',
    touches: 'the recommendation and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'a recommendation decides nothing' },
    movesStock: { does: 'never', words: 'a recommendation decides nothing' },
  },
  description: 'A model recommended what to do.',
});
