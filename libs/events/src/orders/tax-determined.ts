import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCurrency, IsIdentifier } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { OrderTax } from './order-lines.js';

export class DeterminedTax {
  @IsIdentifier() line!: string;
  @IsListOf(() => OrderTax) taxes!: OrderTax[];
}

export class TaxDetermined {
  /** Who determined it: a tax service, the ERP, the shop. */
  @IsIdentifier() engine!: string;
  @IsIdentifier() determination!: string;
  @IsCurrency() currency!: string;
  @IsListOf(() => DeterminedTax, 1) lines!: DeterminedTax[];
}

export const taxDetermined = defineEvent({
  type: 'TaxDetermined',
  dataClass: TaxDetermined,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data }) => [data.engine, data.determination],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the engine and its id of the determination',
    businessKey: 'none: a register per engine and determination',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it is the basis of tax that is posted with what is performed' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'The taxes of the lines of an order were determined.',
  checks: ({ data }) =>
    data.lines.flatMap(({ taxes }, index) =>
      taxes.every(({ amount }) => amount.currency === data.currency)
        ? []
        : [{ field: `data.lines.${index}.taxes`, message: `must be in ${data.currency}` }],
    ),
});
