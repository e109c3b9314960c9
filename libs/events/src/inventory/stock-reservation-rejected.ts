import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  IsSignedCount,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { checkHolder } from './stock-soft-reserved.js';

export class StockReservationRejected {
  @IsIdentifier() authority!: string;
  @IsIdentifier() reservation!: string;
  @IsIdentifier() line!: string;
  @Optional() @IsIdentifier() cart?: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  /** The units that were asked for. */
  @IsQuantity() requested!: number;
  /** The units there were; below zero where more was promised than there is. */
  @IsSignedCount() available!: number;
  @IsRegisteredKey() uom!: string;
}

export const stockReservationRejected = defineEvent({
  type: 'StockReservationRejected',
  dataClass: StockReservationRejected,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.reservation,
    data.line,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfReservation(data.authority, data.reservation, data.line), {
      connects: [eventName(eventId)],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: 'the reservation, its line and the time',
    businessKey: 'none: every rejection stands alone',
    touches: 'the item at the node, and the order where it is for one',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'never', words: 'nothing was reserved' },
  },
  description: 'Units were asked for and not kept, since there were too few.',
  checks: ({ data }) => checkHolder(data),
});
