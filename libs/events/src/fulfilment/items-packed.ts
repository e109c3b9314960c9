import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { OrderLineUnits, ordersOfLines } from '../shared-parts.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class ItemsPacked {
  @IsListOf(() => OrderLineUnits, 1) lines!: OrderLineUnits[];
  /** The carton's SSCC, or what the place calls it. */
  @Optional() @IsIdentifier() carton?: string;
}

export const itemsPacked = defineEvent({
  type: 'ItemsPacked',
  dataClass: ItemsPacked,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.carton, occurrence)],
  businessKey: ({ leaf, data, occurrence }) => [leaf, ownIdOrTime(data.carton, occurrence)],
  measure: measureOfUnits,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'the carton, else the time',
    businessKey: 'the fulfilment and the carton, else the time',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'packed units are on hand until they are issued' },
  },
  description: 'Units were put into a carton.',
});
