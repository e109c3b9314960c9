import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { allocationName, eventName, homeOfAllocation, orderLineName } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class StockAllocated {
  /** The system whose word on reservations counts at this node. */
  @IsIdentifier() authority!: string;
  @IsIdentifier() allocation!: string;
  @IsIdentifier() line!: string;
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** The reservation that these units were kept by; `reservationLine` goes with it. */
  @Optional() @IsIdentifier() reservation?: string;
  @Optional() @IsIdentifier() reservationLine?: string;
}

export const stockAllocated = defineEvent({
  type: 'StockAllocated',
  dataClass: StockAllocated,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.allocation, data.line],
  businessKey: ({ data }) => [data.authority, data.allocation, data.line],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfAllocation(data.authority, data.allocation, data.line), {
      connects: [
        eventName(eventId),
        allocationName(leaf, data.allocation, data.line),
        orderLineName(leaf, data.order, data.orderLine),
        ...reservationNames(data),
      ],
      subjects: [data.order],
    }),
  words: {
    discriminators: 'the allocation and its line',
    businessKey: 'the authority, the allocation and its line',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'yes', words: 'reserves units for an order line' },
  },
  description: 'Units of an item at a node were reserved for an order line.',
  checks: ({ data }) =>
    (data.reservation === undefined) === (data.reservationLine === undefined)
      ? []
      : [{ field: 'data.reservation', message: 'reservation goes with reservationLine' }],
});

/** The home of the reservation that the units were kept by. */
function reservationNames(data: StockAllocated): readonly string[] {
  return data.reservation === undefined || data.reservationLine === undefined
    ? []
    : [homeOfReservation(data.authority, data.reservation, data.reservationLine)];
}
