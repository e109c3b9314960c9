import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsIdentifier, Optional } from '../validation/decorators.js';

export class FulfilmentAccepted {
  @Optional() @IsIdentifier() request?: string;
  /** When the place expects to have the units ready. */
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

export const fulfilmentAccepted = defineEvent({
  type: 'FulfilmentAccepted',
  dataClass: FulfilmentAccepted,
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
    movesStock: {
      does: 'never',
      words: 'units are reserved through StockAllocated and leave through StockIssued',
    },
  },
  description: 'A place took a request on.',
});
