import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class OrderMarkedDuplicate {
  /** The order that goes on. */
  @IsLeafOf('order') survivingOrder!: string;
  @IsLeafOf('approval') approval!: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const orderMarkedDuplicate = defineEvent({
  type: 'OrderMarkedDuplicate',
  dataClass: OrderMarkedDuplicate,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.survivingOrder],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { absorbedBy: [data.survivingOrder] }),
  words: {
    discriminators: 'the surviving order',
    businessKey: 'none: a decision stands alone',
    touches: 'both orders',
  },
  effect: {
    posts: { does: 'never', words: 'balances move through ContractBalanceTransferred' },
    movesStock: { does: 'never', words: 'units are given back through StockDeallocated' },
  },
  description: 'An order is the same as another that several systems captured; the other goes on.',
  checks: ({ leaf, data }) =>
    data.survivingOrder === leaf
      ? [{ field: 'data.survivingOrder', message: 'an order is no duplicate of itself' }]
      : [],
});
