import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { IsIdentifier, IsQuantity, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class StockReservationReleased {
  @IsIdentifier() authority!: string;
  @IsIdentifier() reservation!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() release!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** A code of the authority, such as cart_emptied. */
  @Optional() @IsIdentifier() reason?: string;
}

export const stockReservationReleased = defineEvent({
  type: 'StockReservationReleased',
  dataClass: StockReservationReleased,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.reservation, data.line, data.release],
  businessKey: ({ data }) => [data.authority, data.reservation, data.line, data.release],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfReservation(data.authority, data.reservation, data.line), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the reservation, its line and the release',
    businessKey: 'the authority, the reservation, its line and the release',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'yes', words: 'gives reserved units back' },
  },
  description: 'Units that were kept for a cart or an order line were given back.',
});
