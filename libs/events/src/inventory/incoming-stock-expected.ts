import { defineEvent } from '../event-definition.js';
import { IsQuantity } from '../validation/decorators.js';
import { IncomingStock, incomingStock } from './incoming-stock.js';

export class IncomingStockExpected extends IncomingStock {
  /** All units of the purchase order line for this node, received ones among them. */
  @IsQuantity() qty!: number;
}

export const incomingStockExpected = defineEvent({
  type: 'IncomingStockExpected',
  dataClass: IncomingStockExpected,
  ...incomingStock,
  effect: {
    posts: { does: 'never', words: 'goods that are to come have no value here yet' },
    movesStock: { does: 'yes', words: 'adds to what is incoming, which is never on hand' },
  },
  description: 'Units of a purchase order line are expected at a node.',
});
