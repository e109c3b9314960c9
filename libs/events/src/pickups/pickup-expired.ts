import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, Optional } from '../validation/decorators.js';

export class PickupExpired {
  /** The end of the time that the goods were kept. */
  @Optional() @IsDateOrInstant() expiresAt?: string;
}

export const pickupExpired = defineEvent({
  type: 'PickupExpired',
  dataClass: PickupExpired,
  schemaVersion: 1,
  categories: ['pickup'],
  mayBe: ['decision', 'fact'],
  versioned: false,
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
    posts: { does: 'never', words: 'what is not performed was never booked' },
    movesStock: { does: 'never', words: 'units come free through StockDeallocated' },
  },
  description: 'Nobody came for the goods in time.',
});
