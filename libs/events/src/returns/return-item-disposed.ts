import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class ReturnItemDisposed {
  @IsIdentifier() disposal!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  @IsOneOf(['restocked', 'damaged', 'processing', 'destroyed']) disposition!:
    'restocked' | 'damaged' | 'processing' | 'destroyed';
  @Optional() @IsRegisteredKey() node?: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
}

export const returnItemDisposed = defineEvent({
  type: 'ReturnItemDisposed',
  dataClass: ReturnItemDisposed,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.disposal, data.line],
  businessKey: ({ leaf, data }) => [leaf, data.disposal, data.line],
  measure: measureOfQty,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: data.order === undefined ? [] : [data.order] }),
  words: {
    discriminators: 'the disposal and its line',
    businessKey: 'the return, the disposal and its line',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'value moves with the stock event it leads to' },
    movesStock: {
      does: 'never',
      words: 'units move through StockReceived, StockBucketMoved and StockWrittenOff',
    },
  },
  description: 'It was settled what becomes of returned goods.',
  checks: ({ data }) =>
    (data.order === undefined) === (data.orderLine === undefined)
      ? []
      : [{ field: 'data.order', message: 'order goes with orderLine' }],
});
