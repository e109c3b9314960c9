import { defineEvent } from '../event-definition.js';
import { IsIdentifier, IsQuantity, IsRegisteredKey } from '../validation/decorators.js';
import { receiptKeys } from './goods-receipt.js';

export class GoodsReceiptMatched {
  @IsRegisteredKey() node!: string;
  @IsIdentifier() receipt!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() purchaseOrderLine!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
}

export const goodsReceiptMatched = defineEvent({
  type: 'GoodsReceiptMatched',
  dataClass: GoodsReceiptMatched,
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
  description: 'A line of a receipt agrees with what was ordered.',
});
