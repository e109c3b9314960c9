import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class PickupCancelled {
  @Optional() @IsIdentifier() cancellation?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const pickupCancelled = defineEvent({
  type: 'PickupCancelled',
  dataClass: PickupCancelled,
  schemaVersion: 1,
  categories: ['pickup'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.cancellation ?? ''],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the cancellation, where it has an id',
    businessKey: 'the pickup',
    touches: 'the pickup and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'what is not performed was never booked' },
    movesStock: { does: 'never', words: 'units come free through StockDeallocated' },
  },
  description: 'A pickup was called off.',
});
