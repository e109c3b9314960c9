import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeaf, IsOneOf, Optional } from '../validation/decorators.js';
import {
  checkOneCurrency,
  type Comparison,
  comparisons,
  reconciliationKeys,
} from './reconciliation-item.js';

export class ReconciliationMatched {
  @IsIdentifier() item!: string;
  @IsOneOf(comparisons) comparison!: Comparison;
  /** What both sides are matched by: a reference, a document, an account and a day. */
  @IsIdentifier() matchedBy!: string;
  /** What the first side of the comparison says, and what the second does. */
  @IsSignedMoney() expected!: Money;
  @IsSignedMoney() found!: Money;
  /** The thing that is compared, where it is one. */
  @Optional() @IsLeaf() object?: string;
  /** The other side's document. */
  @Optional() @IsIdentifier() document?: string;
}

export const reconciliationMatched = defineEvent({
  type: 'ReconciliationMatched',
  dataClass: ReconciliationMatched,
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
    posts: { does: 'never', words: 'both sides have their entries' },
    movesStock: { does: 'never', words: 'it compares' },
  },
  description: 'Two systems agree on an amount.',
  checks: checkOneCurrency,
});
