import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class OrderMergeReverted {
  /** The order it had been taken for. */
  @IsLeafOf('order') survivingOrder!: string;
  /** The id of the event that had merged them. */
  @IsIdentifier() mergedBy!: string;
  @IsLeafOf('approval') approval!: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const orderMergeReverted = defineEvent({
  type: 'OrderMergeReverted',
  dataClass: OrderMergeReverted,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.mergedBy],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { absorbedBy: [data.survivingOrder] }),
  words: {
    discriminators: 'the id of the event that had merged them',
    businessKey: 'none: a decision stands alone',
    touches: 'both orders',
  },
  effect: {
    posts: { does: 'never', words: 'balances move back through ContractBalanceTransferred' },
    movesStock: { does: 'never', words: 'units are reserved anew through StockAllocated' },
  },
  description: 'An order was no duplicate after all and stands on its own again.',
  checks: ({ leaf, data }) =>
    data.survivingOrder === leaf
      ? [{ field: 'data.survivingOrder', message: 'an order is no duplicate of itself' }]
      : [],
});
