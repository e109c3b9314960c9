import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';

export class ReturnDeclined {
  /** A code, such as window_passed. */
  @IsIdentifier() reason!: string;
  @Optional() @IsOneOf(['policy', 'person', 'marketplace']) decidedBy?:
    'policy' | 'person' | 'marketplace';
}

export const returnDeclined = defineEvent({
  type: 'ReturnDeclined',
  dataClass: ReturnDeclined,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact', 'decision'],
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
    movesStock: { does: 'never', words: 'nothing comes back' },
  },
  description: 'A customer may not send goods back.',
});
