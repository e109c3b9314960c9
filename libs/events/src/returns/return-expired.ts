import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, Optional } from '../validation/decorators.js';

export class ReturnExpired {
  /** The day until which the goods had to be sent. */
  @Optional() @IsDateOrInstant() returnUntil?: string;
}

export const returnExpired = defineEvent({
  type: 'ReturnExpired',
  dataClass: ReturnExpired,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'none',
    businessKey: 'the return',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is owed' },
    movesStock: { does: 'never', words: 'nothing came back' },
  },
  description: 'The goods of a return were not sent in time.',
});
