import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsCurrency,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { OrderLine, checkOrderLine } from './order-lines.js';

export class OrderLineSubstituted {
  @IsIdentifier() substitution!: string;
  /** The line that is replaced, and how many of its units. */
  @IsIdentifier() line!: string;
  @IsQuantity() qty!: number;
  @IsCurrency() currency!: string;
  /** What is sent instead, with its own prices and taxes. */
  @IsPart(() => OrderLine) newLine!: OrderLine;
  /** Which of the two prices the customer pays. */
  @IsOneOf(['new_price', 'original_price', 'lower_price']) priceRule!: string;
  @IsOneOf(['given', 'standing', 'not_required', 'refused']) customerConsent!: string;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const orderLineSubstituted = defineEvent({
  type: 'OrderLineSubstituted',
  dataClass: OrderLineSubstituted,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.substitution],
  businessKey: ({ leaf, data }) => [leaf, data.substitution],
  authority: 'issuer',
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the substitution's id",
    businessKey: 'the order and the substitution',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'the new line posts when it is performed' },
    movesStock: {
      does: 'never',
      words: 'units are given back and reserved through their own events',
    },
  },
  description: 'Some units of a line are replaced by another item.',
  checks: ({ data }) => [
    ...checkOrderLine(data.newLine, data.currency, 'data.newLine'),
    ...(data.newLine.line === data.line
      ? [{ field: 'data.newLine.line', message: 'must be a line of its own' }]
      : []),
  ],
});
