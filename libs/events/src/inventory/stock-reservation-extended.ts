import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { IsIdentifier, IsInstant } from '../validation/decorators.js';

export class StockReservationExtended {
  @IsIdentifier() authority!: string;
  @IsIdentifier() reservation!: string;
  @IsIdentifier() line!: string;
  /** The new end; the last word on it counts. */
  @IsInstant() reservedUntil!: string;
}

export const stockReservationExtended = defineEvent({
  type: 'StockReservationExtended',
  dataClass: StockReservationExtended,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.reservation,
    data.line,
    data.reservedUntil,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfReservation(data.authority, data.reservation, data.line), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the reservation, its line, the new end and the time it was set',
    businessKey: 'none: a register per reservation line',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'yes', words: 'keeps reserved units reserved for longer' },
  },
  description: 'A reservation was given a later end.',
});
