import type { Money } from '#kernel';
import { defineEvent, type EventParts } from '../event-definition.js';
import { keys, type EventKeys } from '../event-keys.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, IsQuantity, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class ExchangeLine {
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  /** The line of the order that it takes the place of. */
  @Optional() @IsIdentifier() orderLine?: string;
}

export class ExchangeOpened {
  /** The order whose goods come back. */
  @IsLeafOf('order') order!: string;
  /** An advance exchange sends the new goods before the old ones are back. */
  @IsOneOf(['standard', 'advance']) kind!: 'standard' | 'advance';
  @IsListOf(() => ExchangeLine, 1) newLines!: ExchangeLine[];
  @Optional() @IsLeafOf('return') returnRef?: string;
  /** The order the new goods are sold by, where it is another one. */
  @Optional() @IsLeafOf('order') newOrder?: string;
  /** What the customer owes more; below zero what is owed to them. */
  @Optional() @IsSignedMoney() difference?: Money;
}

export const exchangeOpened = defineEvent({
  type: 'ExchangeOpened',
  dataClass: ExchangeOpened,
  schemaVersion: 1,
  categories: ['exchange'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: exchangeKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the exchange',
    touches: 'the exchange, both orders and the return',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'money moves through CreditGranted, PaymentCaptured and ContractBalanceTransferred',
    },
    movesStock: { does: 'never', words: 'stock moves through StockReceived and StockIssued' },
  },
  description: 'Goods of an order are given back against other goods.',
});

function exchangeKeys({ leaf, data }: EventParts<ExchangeOpened>): EventKeys {
  const orders = [data.order, ...(data.newOrder === undefined ? [] : [data.newOrder])];
  return keys(leaf, {
    connects: data.returnRef === undefined ? [] : [data.returnRef],
    subjects: [...new Set(orders)],
  });
}
