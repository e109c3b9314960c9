import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { IsIdentifier, IsInstant, IsQuantity, IsRegisteredKey } from '../validation/decorators.js';

export class StockReservationExpired {
  @IsIdentifier() authority!: string;
  @IsIdentifier() reservation!: string;
  @IsIdentifier() line!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** The end that passed: it freed the units, and this event only records it. */
  @IsInstant() reservedUntil!: string;
}

export const stockReservationExpired = defineEvent({
  type: 'StockReservationExpired',
  dataClass: StockReservationExpired,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.reservation, data.line],
  businessKey: ({ data }) => [data.authority, data.reservation, data.line],
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfReservation(data.authority, data.reservation, data.line), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the reservation and its line',
    businessKey: 'the authority, the reservation and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: {
      does: 'never',
      words: 'the end of the reservation freed the units when it passed; this records it',
    },
  },
  description: 'A reservation ended before it became an allocation.',
});
