import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { OrderLineUnits, ordersOfLines } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class FulfilmentRequested {
  @IsRegisteredKey() node!: string;
  @IsListOf(() => OrderLineUnits, 1) lines!: OrderLineUnits[];
  /** Tells a request from the one before it that was rejected. */
  @Optional() @IsIdentifier() request?: string;
  /** When the units have to be picked. */
  @Optional() @IsDateOrInstant() pickDueAt?: string;
}

export const fulfilmentRequested = defineEvent({
  type: 'FulfilmentRequested',
  dataClass: FulfilmentRequested,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.request ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.request ?? ''],
  measure: measureOfUnits,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'the request, where it has an id',
    businessKey: 'the fulfilment and the request',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: {
      does: 'never',
      words: 'units are reserved through StockAllocated and leave through StockIssued',
    },
  },
  description: 'A place was asked to get units of an order ready.',
});
