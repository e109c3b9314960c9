import { defineEvent } from '../event-definition.js';
import { IsIdentifier, IsLeafOf, IsOneOf, Optional } from '../validation/decorators.js';
import { reconciliationKeys } from './reconciliation-item.js';

export class BreakResolved {
  /** The item whose break is resolved. */
  @IsIdentifier() item!: string;
  @IsOneOf(['corrected_here', 'corrected_there', 'timing', 'written_off', 'accepted'])
  resolution!: 'corrected_here' | 'corrected_there' | 'timing' | 'written_off' | 'accepted';
  @Optional() @IsLeafOf('approval') approval?: string;
  /** The posting that corrects it, where there is one. */
  @Optional() @IsLeafOf('posting') posting?: string;
}

export const breakResolved = defineEvent({
  type: 'BreakResolved',
  dataClass: BreakResolved,
  schemaVersion: 1,
  categories: ['reconciliation'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.item],
  businessKey: ({ leaf, data }) => [leaf, data.item],
  personalData: [],
  // One posting may correct thousands of items, so that it joins none of them.
  keys: (event) => reconciliationKeys(event, event.data.item),
  words: {
    discriminators: 'the item',
    businessKey: 'the reconciliation and the item',
    touches: 'the item',
  },
  effect: {
    posts: { does: 'never', words: 'what corrects it posts by itself' },
    movesStock: { does: 'never', words: 'it compares' },
  },
  description: 'A difference between two systems was cleared up.',
});
