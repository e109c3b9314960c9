import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfCountLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsCount,
  IsDelta,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  IsSignedCount,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { type StockBucket, stockBuckets } from '../inventory/stock-received.js';

export class CountVarianceApproved {
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() node!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsOneOf(stockBuckets) bucket!: StockBucket;
  @IsRegisteredKey() uom!: string;
  @IsCount() counted!: number;
  /** On hand by the facts up to the snapshot. */
  @IsSignedCount() expected!: number;
  /** Counted less expected: what StockAdjusted adds, so that sales during the count stand. */
  @IsDelta() delta!: number;
  /** The last revision of the item's stream at the node that the count is compared with; left out where the item had none. */
  @Optional() @IsCount() snapshotRevision?: number;
  @IsLeafOf('approval') approval!: string;
}

export const countVarianceApproved = defineEvent({
  type: 'CountVarianceApproved',
  dataClass: CountVarianceApproved,
  schemaVersion: 1,
  categories: ['stockCount'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.owner.kind, data.owner.id, data.bucket, data.uom],
  businessKey: ({ leaf, data }) => [
    leaf,
    data.line,
    data.owner.kind,
    data.owner.id,
    data.bucket,
    data.uom,
  ],
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfCountLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the count's line, and whose units in which bucket and unit of measure",
    businessKey: 'the count, its line, and whose units in which bucket and unit of measure',
    touches: 'the count line',
  },
  effect: {
    posts: { does: 'never', words: 'value moves with StockAdjusted' },
    movesStock: { does: 'never', words: 'it leads to StockAdjusted, which adds the difference' },
  },
  description: 'The difference between a count and the facts was approved.',
  checks: ({ data }) =>
    data.counted - data.expected === data.delta
      ? []
      : [{ field: 'data.delta', message: 'must be counted less expected' }],
});
