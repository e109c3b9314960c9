import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class PriceMismatchDetected {
  @IsIdentifier() line!: string;
  /** What the line should cost by the system it was compared with. */
  @IsMoney() expected!: Money;
  @IsMoney() found!: Money;
  /** The system that says otherwise: a price list, a marketplace, a till. */
  @IsIdentifier() comparedWith!: string;
  @Optional() @IsIdentifier() detection?: string;
}

export const priceMismatchDetected = defineEvent({
  type: 'PriceMismatchDetected',
  dataClass: PriceMismatchDetected,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.line,
    data.comparedWith,
    ownIdOrTime(data.detection, occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the line, what it was compared with; the detection's id, else the time",
    businessKey: 'none: every comparison stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'a credit or a correction settles it' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'The price of a line is not what another system says it should be.',
  checks: ({ data }) =>
    data.expected.currency === data.found.currency
      ? []
      : [{ field: 'data.found', message: `must be in ${data.expected.currency}` }],
});
