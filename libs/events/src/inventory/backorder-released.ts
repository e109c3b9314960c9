import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfBackorder } from '../stock-placement.js';
import { IsIdentifier, IsQuantity, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class BackorderReleased {
  @IsIdentifier() authority!: string;
  @IsIdentifier() backorder!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() release!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** A code of the authority, such as cancelled. */
  @Optional() @IsIdentifier() reason?: string;
}

export const backorderReleased = defineEvent({
  type: 'BackorderReleased',
  dataClass: BackorderReleased,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.backorder, data.line, data.release],
  businessKey: ({ data }) => [data.authority, data.backorder, data.line, data.release],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfBackorder(data.authority, data.backorder, data.line), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the backorder, its line and the release',
    businessKey: 'the authority, the backorder, its line and the release',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: { does: 'never', words: 'a promise moves no value' },
    movesStock: { does: 'yes', words: 'takes units off the demand that waits' },
  },
  description: 'Units that an order line waited for are not waited for any more.',
});
