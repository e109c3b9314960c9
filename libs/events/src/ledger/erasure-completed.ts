import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCount } from '../validation/decorators.js';

export class ErasureCompleted {
  /** Keys of subjects that were destroyed for it; 0 where nothing was known of them any more. */
  @IsCount() keysDestroyed!: number;
}

export const erasureCompleted = defineEvent({
  type: 'ErasureCompleted',
  dataClass: ErasureCompleted,
  schemaVersion: 1,
  categories: ['erasure'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'none',
    businessKey: 'none: an erasure is completed once',
    touches: 'the erasure',
  },
  effect: {
    posts: { does: 'never', words: 'amounts stay when a person is forgotten' },
    movesStock: { does: 'never', words: 'units stay when a person is forgotten' },
  },
  description: 'The persons of an erasure are forgotten: nothing that tells of them opens again.',
});
