import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant } from '../validation/decorators.js';

export class ReleaseWindowMissed {
  /** When it had to be released. */
  @IsDateOrInstant() dueAt!: string;
}

export const releaseWindowMissed = defineEvent({
  type: 'ReleaseWindowMissed',
  dataClass: ReleaseWindowMissed,
  schemaVersion: 1,
  categories: ['order', 'fulfilment'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.dueAt],
  businessKey: ({ leaf, data }) => [leaf, data.dueAt],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'when it was due',
    businessKey: 'the order or fulfilment and when it was due',
    touches: 'the order or the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'it moves no units' },
  },
  description: 'An order or fulfilment was not released in time.',
});
