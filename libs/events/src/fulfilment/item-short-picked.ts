import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class ItemShortPicked {
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() node!: string;
  /** The units that could not be picked. */
  @IsQuantity() qty!: number;
  /** A code of the place, such as not_found or damaged. */
  @IsIdentifier() reason!: string;
  @Optional() @IsIdentifier() picking?: string;
}

export const itemShortPicked = defineEvent({
  type: 'ItemShortPicked',
  dataClass: ItemShortPicked,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.order,
    data.orderLine,
    ownIdOrTime(data.picking, occurrence),
  ],
  businessKey: ({ leaf, data, occurrence }) => [
    leaf,
    data.order,
    data.orderLine,
    ownIdOrTime(data.picking, occurrence),
  ],
  measure: measureOfQty,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: [data.order] }),
  words: {
    discriminators: "the order line, and the picking's id, else the time",
    businessKey: 'the fulfilment, the order line and what tells the picking apart',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: {
      does: 'never',
      words: 'it leads to a discrepancy and a count; StockAdjusted puts stock right',
    },
  },
  description: 'Fewer units were found than had to be picked.',
});
