import { defineEvent } from '../event-definition.js';
import { IsCount, IsIdentifier, IsOneOf, IsRegisteredKey } from '../validation/decorators.js';
import { receiptKeys } from './goods-receipt.js';

export type ReceiptDifference = 'over' | 'short' | 'wrong_item' | 'damaged' | 'not_ordered';

export class GoodsReceiptMismatched {
  @IsRegisteredKey() node!: string;
  @IsIdentifier() receipt!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() purchaseOrderLine!: string;
  @IsOneOf(['over', 'short', 'wrong_item', 'damaged', 'not_ordered'])
  difference!: ReceiptDifference;
  /** What was still to come, and what came. */
  @IsCount() expectedQty!: number;
  @IsCount() receivedQty!: number;
  @IsRegisteredKey() uom!: string;
}

export const goodsReceiptMismatched = defineEvent({
  type: 'GoodsReceiptMismatched',
  dataClass: GoodsReceiptMismatched,
  schemaVersion: 1,
  categories: ['purchaseOrder'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.node, data.receipt, data.line],
  businessKey: ({ data }) => [data.node, data.receipt, data.line],
  personalData: [],
  keys: receiptKeys,
  words: {
    discriminators: 'the node, the receipt and its line',
    businessKey: 'the node, the receipt and its line',
    touches: 'the receipt',
  },
  effect: {
    posts: { does: 'never', words: 'goods are booked by StockReceived' },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: 'A line of a receipt does not agree with what was ordered.',
});
