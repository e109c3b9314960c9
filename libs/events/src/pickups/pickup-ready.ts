import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsIdentifier, Optional } from '../validation/decorators.js';

export class PickupReady {
  /** Where in the store the goods lie. */
  @Optional() @IsIdentifier() bay?: string;
  /** Until when they are kept there. */
  @Optional() @IsDateOrInstant() expiresAt?: string;
}

export const pickupReady = defineEvent({
  type: 'PickupReady',
  dataClass: PickupReady,
  schemaVersion: 1,
  categories: ['pickup'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'none',
    businessKey: 'the pickup',
    touches: 'the pickup and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'units are on hand until they are issued' },
  },
  description: 'Goods wait in a store for the customer.',
});
