import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  IsTrueOrFalse,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class Photo {
  /** Where the node keeps the photo. */
  @IsIdentifier() uri!: string;
}

export class ReturnItemInspected {
  @IsIdentifier() inspection!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  /** A code of the node, such as A, B or scrap. */
  @IsIdentifier() grade!: string;
  @IsTrueOrFalse() resellable!: boolean;
  @Optional() @IsRegisteredKey() node?: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @Optional() @IsListOf(() => Photo) photos?: Photo[];
}

export const returnItemInspected = defineEvent({
  type: 'ReturnItemInspected',
  dataClass: ReturnItemInspected,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.inspection, data.line],
  businessKey: ({ leaf, data }) => [leaf, data.inspection, data.line],
  measure: measureOfQty,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: data.order === undefined ? [] : [data.order] }),
  words: {
    discriminators: 'the inspection and its line',
    businessKey: 'the return, the inspection and its line',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'a loss of value is booked with the stock event it leads to' },
    movesStock: { does: 'never', words: 'units move through StockBucketMoved' },
  },
  description: 'Returned goods were looked at and graded.',
  checks: ({ data }) =>
    (data.order === undefined) === (data.orderLine === undefined)
      ? []
      : [{ field: 'data.order', message: 'order goes with orderLine' }],
});
