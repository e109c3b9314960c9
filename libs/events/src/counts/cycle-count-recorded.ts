import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfCountLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsCount,
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { type StockBucket, stockBuckets } from '../inventory/stock-received.js';

export class CycleCountRecorded {
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() node!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsOneOf(stockBuckets) bucket!: StockBucket;
  @IsCount() counted!: number;
  @IsRegisteredKey() uom!: string;
  /** The last revision of the item's stream at the node that the count is compared with; left out where the source knows none. */
  @Optional() @IsCount() snapshotRevision?: number;
  /** Tells a second counting of one line from the first. */
  @Optional() @IsIdentifier() recount?: string;
}

export const cycleCountRecorded = defineEvent({
  type: 'CycleCountRecorded',
  dataClass: CycleCountRecorded,
  schemaVersion: 1,
  categories: ['stockCount'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [
    data.line,
    data.owner.kind,
    data.owner.id,
    data.bucket,
    data.uom,
    data.recount ?? '',
  ],
  businessKey: ({ leaf, data }) => [
    leaf,
    data.line,
    data.owner.kind,
    data.owner.id,
    data.bucket,
    data.uom,
    data.recount ?? '',
  ],
  measure: ({ data }) => String(data.counted),
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfCountLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators:
      "the count's line, whose units in which bucket and unit of measure, and the recount",
    businessKey:
      'the count, its line, whose units in which bucket and unit of measure, and the recount',
    touches: 'the count line',
  },
  effect: {
    posts: { does: 'never', words: 'a count values nothing' },
    movesStock: { does: 'never', words: 'only its approved variance leads to StockAdjusted' },
  },
  description: 'So many units of an item were counted.',
});
