import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsListOfIdentifiers } from '../validation/lists.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';

export const orderValidators = ['erp', 'tax', 'address', 'payment', 'stock', 'other'] as const;
export type OrderValidator = (typeof orderValidators)[number];

export class OrderValidated {
  /** What was judged: the ERP's master data, the tax, the address, the payment. */
  @IsOneOf(orderValidators) validator!: OrderValidator;
  /** The validator's own id of this run. */
  @Optional() @IsIdentifier() validation?: string;
  /** The checks that were made, as the validator names them. */
  @Optional() @IsListOfIdentifiers() checks?: string[];
}

export const orderValidated = defineEvent({
  type: 'OrderValidated',
  dataClass: OrderValidated,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.validator,
    ownIdOrTime(data.validation, occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the validator; its id of the run, else the time',
    businessKey: 'none: every run stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'An order passed a validation.',
});
