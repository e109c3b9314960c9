import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfAllocation } from '../placement.js';
import { homeOfReservation } from '../stock-placement.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class StockReservationUnfillable {
  @IsIdentifier() authority!: string;
  /** The allocation that cannot be kept; either it or the reservation is named. */
  @Optional() @IsIdentifier() allocation?: string;
  @Optional() @IsIdentifier() reservation?: string;
  /** The line of the allocation or reservation. */
  @IsIdentifier() line!: string;
  /** Tells one shortfall of a line from the next. */
  @IsIdentifier() shortfall!: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  /** The units that are missing. */
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** A code, such as sold_in_store or not_found. */
  @Optional() @IsIdentifier() reason?: string;
}

export const stockReservationUnfillable = defineEvent({
  type: 'StockReservationUnfillable',
  dataClass: StockReservationUnfillable,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [
    data.allocation ?? '',
    data.reservation ?? '',
    data.line,
    data.shortfall,
  ],
  businessKey: ({ data }) => [
    data.authority,
    data.allocation ?? '',
    data.reservation ?? '',
    data.line,
    data.shortfall,
  ],
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(promiseHomeOf(data), {
      connects: [eventName(eventId)],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: 'the allocation or reservation, its line and the shortfall',
    businessKey: 'the authority, the allocation or reservation, its line and the shortfall',
    touches: 'the item at the node, and the order that waits',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: {
      does: 'never',
      words: 'the units come free through StockDeallocated or StockReservationReleased',
    },
  },
  description:
    'Units that were promised are not there, and the promise has to be met from elsewhere.',
  checks: checkUnfillable,
});

function promiseHomeOf(data: StockReservationUnfillable): string {
  return data.allocation === undefined
    ? homeOfReservation(data.authority, data.reservation ?? '', data.line)
    : homeOfAllocation(data.authority, data.allocation, data.line);
}

function checkUnfillable({ data }: EventParts<StockReservationUnfillable>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if ((data.allocation === undefined) === (data.reservation === undefined)) {
    faults.push({
      field: 'data.allocation',
      message: 'either allocation or reservation must be named',
    });
  }
  if ((data.order === undefined) !== (data.orderLine === undefined)) {
    faults.push({ field: 'data.order', message: 'order goes with orderLine' });
  }
  return faults;
}
