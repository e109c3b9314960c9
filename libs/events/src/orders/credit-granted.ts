import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfLines } from '../measures.js';
import { nameOf } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsCurrency,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export const creditBases = [
  'return',
  'shipping',
  'goodwill',
  'price_adjustment',
  'lost',
  'short',
] as const;
export type CreditBasis = (typeof creditBases)[number];

export class CreditLine {
  @IsMoney() net!: Money;
  @IsMoney() tax!: Money;
  /** The order line that is credited, where it is one. */
  @Optional() @IsIdentifier() line?: string;
  @Optional() @IsQuantity() qty?: number;
}

export class CreditGranted {
  @IsIdentifier() creditMemo!: string;
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsOneOf(creditBases) basis!: CreditBasis;
  @IsListOf(() => CreditLine, 1) lines!: CreditLine[];
  /** What is kept back, such as a restocking fee. */
  @Optional() @IsMoney() fee?: Money;
  @Optional() @IsLeafOf('return') returnRef?: string;
  @Optional() @IsIdentifier() approvalId?: string;
}

export const creditGranted = defineEvent({
  type: 'CreditGranted',
  dataClass: CreditGranted,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.creditMemo],
  businessKey: ({ account, data }) => [account, data.creditMemo],
  measure: measureOfLines,
  authority: 'any',
  personalData: [],
  keys: (event) =>
    keys(event.leaf, {
      connects: [nameOf('credit', [event.account, event.data.creditMemo])],
    }),
  words: {
    discriminators: "the credit memo's id",
    businessKey: 'the reporting account and the credit memo',
    touches: 'the order',
  },
  effect: {
    posts: {
      does: 'yes',
      words: 'Dr returns or allowances by basis, tax / Cr fee income, Cr contract',
    },
    movesStock: { does: 'never', words: 'goods come back through StockReceived' },
  },
  description: 'A credit was granted to the customer of an order.',
  checks: checkCredit,
});

function checkCredit({ data }: EventParts<CreditGranted>): readonly FieldFault[] {
  const amounts = data.lines.flatMap((line) => [line.net, line.tax]);
  if (data.fee) amounts.push(data.fee);
  return amounts.every((amount) => amount.currency === data.currency)
    ? []
    : [{ field: 'data.lines', message: `every amount must be in ${data.currency}` }];
}
