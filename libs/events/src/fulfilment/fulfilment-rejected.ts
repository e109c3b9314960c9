import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class FulfilmentRejected {
  @Optional() @IsIdentifier() request?: string;
  /** A code of the place, such as out_of_stock or closed. */
  @IsIdentifier() reason!: string;
}

export const fulfilmentRejected = defineEvent({
  type: 'FulfilmentRejected',
  dataClass: FulfilmentRejected,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.request ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.request ?? ''],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the request, where it has an id',
    businessKey: 'the fulfilment and the request',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'units come free through StockDeallocated' },
  },
  description: 'A place refused a request.',
});
