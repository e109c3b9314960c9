import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class DepositForfeited {
  @IsIdentifier() forfeiture!: string;
  @IsRegisteredKey() legalEntity!: string;
  /** What the retailer keeps, with its tax. */
  @IsMoney() amount!: Money;
  @Optional() @IsMoney() tax?: Money;
  @Optional() @IsIdentifier() reason?: string;
}

export const depositForfeited = defineEvent({
  type: 'DepositForfeited',
  dataClass: DepositForfeited,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.forfeiture],
  businessKey: ({ leaf, data }) => [leaf, data.forfeiture],
  measure: measureOfAmount,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the forfeiture's id",
    businessKey: 'the order and the forfeiture',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'later', words: 'Dr contract / Cr forfeited deposits, tax' },
    movesStock: { does: 'never', words: 'only money is kept' },
  },
  description: 'A deposit is not given back, since the customer withdrew too late.',
  checks: ({ data }) =>
    data.tax === undefined || data.tax.currency === data.amount.currency
      ? []
      : [{ field: 'data.tax', message: `must be in ${data.amount.currency}` }],
});
