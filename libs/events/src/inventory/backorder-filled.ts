import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfBackorder } from '../stock-placement.js';
import { IsIdentifier, IsQuantity, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class BackorderFilled {
  @IsIdentifier() authority!: string;
  @IsIdentifier() backorder!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() fill!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** The allocation that reserves the units now; allocationLine goes with it. */
  @Optional() @IsIdentifier() allocation?: string;
  @Optional() @IsIdentifier() allocationLine?: string;
}

export const backorderFilled = defineEvent({
  type: 'BackorderFilled',
  dataClass: BackorderFilled,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.backorder, data.line, data.fill],
  businessKey: ({ data }) => [data.authority, data.backorder, data.line, data.fill],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfBackorder(data.authority, data.backorder, data.line), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the backorder, its line and the fill',
    businessKey: 'the authority, the backorder, its line and the fill',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: { does: 'never', words: 'a promise moves no value' },
    movesStock: {
      does: 'yes',
      words: 'takes units off the demand that waits; they are reserved through StockAllocated',
    },
  },
  description: 'Units that an order line waited for are there.',
  checks: ({ data }) =>
    (data.allocation === undefined) === (data.allocationLine === undefined)
      ? []
      : [{ field: 'data.allocation', message: 'allocation goes with allocationLine' }],
});
