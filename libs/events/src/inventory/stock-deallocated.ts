import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { allocationName, eventName, homeOfAllocation } from '../placement.js';
import {
  IsIdentifier,
  IsQuantity,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';

export class StockDeallocated {
  @IsIdentifier() authority!: string;
  @IsIdentifier() allocation!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() deallocation!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @Optional() @IsStorableText() reason?: string;
}

export const stockDeallocated = defineEvent({
  type: 'StockDeallocated',
  dataClass: StockDeallocated,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.allocation, data.line, data.deallocation],
  businessKey: ({ data }) => [data.authority, data.allocation, data.line, data.deallocation],
  measure: measureOfStock,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfAllocation(data.authority, data.allocation, data.line), {
      connects: [eventName(eventId), allocationName(leaf, data.allocation, data.line)],
    }),
  words: {
    discriminators: 'the allocation, its line and the deallocation',
    businessKey: 'the authority, the allocation, its line and the deallocation',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: { does: 'never', words: 'a reservation moves no value' },
    movesStock: { does: 'yes', words: 'gives reserved units back' },
  },
  description: 'Reserved units were given back before they were issued.',
});
