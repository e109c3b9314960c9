import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfItem, homeOfReceipt, nodeOf, skuOf } from '../placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export const stockBuckets = ['sellable', 'quality_control', 'damaged', 'unsellable_other'] as const;
export type StockBucket = (typeof stockBuckets)[number];

export class StockReceived {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(['purchase', 'return']) cause!: 'purchase' | 'return';
  @IsOneOf(stockBuckets) bucket!: StockBucket;
  @IsIdentifier() receipt!: string;
  @IsIdentifier() line!: string;
  @Optional() @IsIdentifier() poRef?: string;
  @Optional() @IsLeafOf('return') returnRef?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const stockReceived = defineEvent({
  type: 'StockReceived',
  dataClass: StockReceived,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.receipt, data.line],
  businessKey: (event) => [nodeOf(event), event.data.receipt, event.data.line],
  personalData: [],
  keys: (event) =>
    keys(homeOfReceipt(nodeOf(event), event.data.receipt, event.data.line), {
      connects: [eventName(event.eventId)],
      reads: [homeOfItem(event.data.owner.id, skuOf(event))],
    }),
  words: {
    discriminators: 'the receipt and its line',
    businessKey: 'the node, the receipt and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: {
      does: 'yes',
      words:
        'purchase: Dr inventory / Cr goods received not invoiced; return: Dr inventory / Cr cost of goods sold',
    },
    movesStock: { does: 'yes', words: 'adds to its bucket' },
  },
  description: 'Goods came in at a node.',
});
