import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfBackorder } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class StockBackordered {
  @IsIdentifier() authority!: string;
  @IsIdentifier() backorder!: string;
  @IsIdentifier() line!: string;
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** When the units are expected to be there. */
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

export const stockBackordered = defineEvent({
  type: 'StockBackordered',
  dataClass: StockBackordered,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.backorder, data.line],
  businessKey: ({ data }) => [data.authority, data.backorder, data.line],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(homeOfBackorder(data.authority, data.backorder, data.line), {
      connects: [eventName(eventId)],
      subjects: [data.order],
    }),
  words: {
    discriminators: 'the backorder and its line',
    businessKey: 'the authority, the backorder and its line',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: { does: 'never', words: 'a promise moves no value' },
    movesStock: { does: 'yes', words: 'adds units to the demand that waits' },
  },
  description: 'Units of an order line wait for goods that are still to come.',
});
