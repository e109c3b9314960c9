import { defineEvent, type EventParts } from '../event-definition.js';
import { keys, type EventKeys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName, homeOfItem, nodeOf, skuOf } from '../placement.js';
import { homeOfAdjustment, homeOfCountLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsDelta,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { type StockBucket, stockBuckets } from './stock-received.js';

export class StockAdjusted {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsOneOf(stockBuckets) bucket!: StockBucket;
  /** Units found, or below zero units gone. */
  @IsDelta() delta!: number;
  @IsRegisteredKey() uom!: string;
  /** The adjustment's own id at the node. */
  @IsIdentifier() adjustment!: string;
  @IsIdentifier() line!: string;
  /** A code, such as count, theft or found. */
  @IsIdentifier() reason!: string;
  /** The count whose approved variance this is; countLine goes with it. */
  @Optional() @IsLeafOf('stockCount') stockCount?: string;
  @Optional() @IsIdentifier() countLine?: string;
  @Optional() @IsLeafOf('approval') approval?: string;
  /** The id of the event that told of a discrepancy, where this settles one without a count. */
  @Optional() @IsIdentifier() discrepancy?: string;
  /** Where the source keeps the paper that explains it. */
  @Optional() @IsIdentifier() referenceUri?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const stockAdjusted = defineEvent({
  type: 'StockAdjusted',
  dataClass: StockAdjusted,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.adjustment, data.line],
  businessKey: (event) => [nodeOf(event), event.data.adjustment, event.data.line],
  measure: ({ leaf, data }) =>
    measureOfStock({
      leaf,
      data: { owner: data.owner, uom: data.uom, bucket: data.bucket, qty: data.delta },
    }),
  personalData: [],
  keys: adjustmentKeys,
  words: {
    discriminators: 'the adjustment and its line',
    businessKey: 'the node, the adjustment and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr shrink / Cr inventory, or Dr inventory / Cr shrink where units were found',
    },
    movesStock: { does: 'yes', words: 'adds to its bucket or takes from it' },
  },
  description: 'What is on hand was put right without goods coming or going.',
  checks: ({ data }) =>
    (data.stockCount === undefined) === (data.countLine === undefined)
      ? []
      : [{ field: 'data.stockCount', message: 'stockCount goes with countLine' }],
});

function adjustmentKeys(
  event: EventParts<StockAdjusted> & { readonly eventId: string },
): EventKeys {
  const { eventId, data } = event;
  const connects = [eventName(eventId)];
  if (data.stockCount !== undefined && data.countLine !== undefined) {
    connects.push(homeOfCountLine(data.stockCount, data.countLine));
  }
  if (data.discrepancy !== undefined) connects.push(eventName(data.discrepancy));
  return keys(homeOfAdjustment(nodeOf(event), data.adjustment, data.line), {
    connects,
    reads: [homeOfItem(data.owner.id, skuOf(event))],
  });
}
