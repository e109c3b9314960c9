import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';

export class ReturnAuthorized {
  /** The number the customer writes on the parcel. */
  @Optional() @IsIdentifier() authorization?: string;
  /** Until when the goods have to be sent. */
  @Optional() @IsDateOrInstant() returnUntil?: string;
  @Optional() @IsOneOf(['policy', 'person', 'marketplace']) decidedBy?:
    'policy' | 'person' | 'marketplace';
}

export const returnAuthorized = defineEvent({
  type: 'ReturnAuthorized',
  dataClass: ReturnAuthorized,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.authorization ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.authorization ?? ''],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the authorization, where it has a number',
    businessKey: 'the return and the authorization',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'money comes through CreditGranted' },
    movesStock: { does: 'never', words: 'stock comes in through StockReceived' },
  },
  description: 'A customer may send goods back.',
});
