import { defineEvent, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsInstant,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class StockSoftReserved {
  /** The system whose word on reservations counts at this node. */
  @IsIdentifier() authority!: string;
  @IsIdentifier() reservation!: string;
  @IsIdentifier() line!: string;
  /** The cart it is for; a reservation is for a cart, for an order line, or for both. */
  @Optional() @IsIdentifier() cart?: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** From this instant on the units are free again, whoever notices it when. */
  @IsInstant() reservedUntil!: string;
}

export const stockSoftReserved = defineEvent({
  type: 'StockSoftReserved',
  dataClass: StockSoftReserved,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.reservation, data.line],
  businessKey: ({ data }) => [data.authority, data.reservation, data.line],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfReservation(data.authority, data.reservation, data.line), {
      connects: [eventName(eventId)],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: 'the reservation and its line',
    businessKey: 'the authority, the reservation and its line',
    touches: 'the item at the node, and the order where it is for one',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'yes', words: 'reserves units until an instant' },
  },
  description: 'Units of an item at a node were kept for a cart or an order line for some time.',
  checks: ({ data }) => checkHolder(data),
});

/** Whom units are kept for. */
interface Holder {
  readonly cart?: string;
  readonly order?: string;
  readonly orderLine?: string;
}

/** Units are kept for a cart, for an order line, or for both. */
export function checkHolder({ cart, order, orderLine }: Holder): readonly FieldFault[] {
  if ((order === undefined) !== (orderLine === undefined)) {
    return [{ field: 'data.order', message: 'order goes with orderLine' }];
  }
  return cart === undefined && order === undefined
    ? [{ field: 'data.cart', message: 'must be there where order and orderLine are not' }]
    : [];
}
