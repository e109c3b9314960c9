import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { IsSignedMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeaf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import {
  checkOneCurrency,
  type Comparison,
  comparisons,
  reconciliationKeys,
} from './reconciliation-item.js';

export const breakTypes = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'currency_differs',
  'period_differs',
  'duplicate',
] as const;
export type BreakType = (typeof breakTypes)[number];

export class ReconciliationBreakFound {
  @IsIdentifier() item!: string;
  @IsOneOf(breakTypes) type!: BreakType;
  @IsOneOf(comparisons) comparison!: Comparison;
  /** What both sides are matched by: a reference, a document, an account and a day. */
  @IsIdentifier() matchedBy!: string;
  /** What the first side of the comparison says, and what the second does. */
  @IsSignedMoney() expected!: Money;
  @IsSignedMoney() found!: Money;
  /** The thing that is compared, where it is one. */
  @Optional() @IsLeaf() object?: string;
  /** The team that acts. */
  @Optional() @IsRegisteredKey() owner?: string;
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const reconciliationBreakFound = defineEvent({
  type: 'ReconciliationBreakFound',
  dataClass: ReconciliationBreakFound,
  schemaVersion: 1,
  categories: ['reconciliation'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.item],
  businessKey: ({ leaf, data }) => [leaf, data.item],
  personalData: [],
  keys: (event) =>
    reconciliationKeys(
      event,
      event.data.item,
      event.data.object === undefined ? [] : [event.data.object],
    ),
  words: {
    discriminators: 'the item',
    businessKey: 'the reconciliation and the item',
    touches: 'the item and the thing it compares',
  },
  effect: {
    posts: { does: 'never', words: 'a difference is shown, and booked by whoever resolves it' },
    movesStock: { does: 'never', words: 'it compares' },
  },
  description: 'Two systems do not agree on an amount.',
  checks: checkOneCurrency,
});
