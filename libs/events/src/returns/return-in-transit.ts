import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ReturnInTransit {
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsIdentifier() label?: string;
}

export const returnInTransit = defineEvent({
  type: 'ReturnInTransit',
  dataClass: ReturnInTransit,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.tracking ?? data.label ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.tracking ?? data.label ?? ''],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the tracking number, else the label',
    businessKey: 'the return and the parcel',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'money comes through CreditGranted' },
    movesStock: { does: 'never', words: 'stock comes in through StockReceived' },
  },
  description: 'Returned goods are on their way.',
});
