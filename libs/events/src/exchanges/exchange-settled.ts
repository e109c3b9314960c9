import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class ExchangeSettled {
  /** What the customer paid more; below zero what was paid back. */
  @IsSignedMoney() difference!: Money;
  /** The payment by which the difference was paid, either way. */
  @Optional() @IsLeafOf('payment') payment?: string;
  /** The credit for the goods that came back. */
  @Optional() @IsIdentifier() creditMemo?: string;
}

export const exchangeSettled = defineEvent({
  type: 'ExchangeSettled',
  dataClass: ExchangeSettled,
  schemaVersion: 1,
  categories: ['exchange'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: ({ data }) => moneyText(data.difference),
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'none',
    businessKey: 'the exchange',
    touches: 'the exchange and its orders',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'money moves through CreditGranted, PaymentCaptured and ContractBalanceTransferred',
    },
    movesStock: { does: 'never', words: 'stock moves through StockReceived and StockIssued' },
  },
  description: 'An exchange is done, and nobody owes anything for it.',
});
