import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsOneOf, IsQuantity } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class LineOutcome {
  @IsIdentifier() line!: string;
  @IsOneOf(['fulfilled', 'cancelled', 'returned']) outcome!: string;
  @IsQuantity() qty!: number;
}

export class OrderCompleted {
  /** What became of the units of each line. */
  @IsListOf(() => LineOutcome) lines!: LineOutcome[];
}

export const orderCompleted = defineEvent({
  type: 'OrderCompleted',
  dataClass: OrderCompleted,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'none',
    businessKey: 'the order',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'Nothing more is to be done for an order; what became of each line.',
});
