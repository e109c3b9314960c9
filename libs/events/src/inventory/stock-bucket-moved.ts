import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName, homeOfItem, nodeOf, skuOf } from '../placement.js';
import { homeOfBucketMove } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import { IsUnitAmount } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { type StockBucket, stockBuckets } from './stock-received.js';

export class StockBucketMoved {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(stockBuckets) from!: StockBucket;
  @IsOneOf(stockBuckets) to!: StockBucket;
  /** The move's own id at the node. */
  @IsIdentifier() move!: string;
  @IsIdentifier() line!: string;
  /** A code of the node, such as inspected or broken. */
  @Optional() @IsIdentifier() reason?: string;
  /** What one unit is worth in its new bucket, where that is less than its cost. */
  @Optional() @IsUnitAmount() unitValue?: { decimal: string; currency: string };
  @Optional() @IsIdentifier() lot?: string;
}

export const stockBucketMoved = defineEvent({
  type: 'StockBucketMoved',
  dataClass: StockBucketMoved,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.move, data.line],
  businessKey: (event) => [nodeOf(event), event.data.move, event.data.line],
  measure: measureOfStock,
  personalData: [],
  keys: (event) =>
    keys(homeOfBucketMove(nodeOf(event), event.data.move, event.data.line), {
      connects: [eventName(event.eventId)],
      reads: [homeOfItem(event.data.owner.id, skuOf(event))],
    }),
  words: {
    discriminators: 'the move and its line',
    businessKey: 'the node, the move and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr write-down / Cr inventory, where units are worth less in their new bucket',
    },
    movesStock: { does: 'yes', words: 'moves units from one bucket to another' },
  },
  description: 'Units stayed at a node and changed what they are fit for.',
  checks: ({ data }) =>
    data.from === data.to
      ? [{ field: 'data.to', message: 'must be another bucket than from' }]
      : [],
});
