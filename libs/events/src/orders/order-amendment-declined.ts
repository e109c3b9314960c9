import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class OrderAmendmentDeclined {
  @IsIdentifier() amendment!: string;
  @Optional() @IsIdentifier() decidedBy?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const orderAmendmentDeclined = defineEvent({
  type: 'OrderAmendmentDeclined',
  dataClass: OrderAmendmentDeclined,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.amendment],
  businessKey: ({ leaf, data }) => [leaf, data.amendment],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the amendment's id",
    businessKey: 'the order and the amendment',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'A wish to change an order was turned down; the order stays as it is.',
});
