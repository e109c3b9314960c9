import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { orderValidators, type OrderValidator } from './order-validated.js';

/** Why an order did not pass; a code and never a text, which might tell of the customer. */
export class ValidationError {
  @IsIdentifier() code!: string;
  /** The order line it is about, where it is about one. */
  @Optional() @IsIdentifier() line?: string;
}

export class OrderValidationFailed {
  @IsOneOf(orderValidators) validator!: OrderValidator;
  @Optional() @IsIdentifier() validation?: string;
  @IsListOf(() => ValidationError, 1) errors!: ValidationError[];
}

export const orderValidationFailed = defineEvent({
  type: 'OrderValidationFailed',
  dataClass: OrderValidationFailed,
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
  description: 'An order did not pass a validation; the errors say why.',
});
