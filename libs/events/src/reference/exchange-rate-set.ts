import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDecimal } from '../validation/decimals.js';
import { IsCurrency, IsDateOrInstant, IsOneOf } from '../validation/decorators.js';

export class ExchangeRateSet {
  @IsCurrency() from!: string;
  @IsCurrency() to!: string;
  /** How many of `to` one of `from` is worth. */
  @IsDecimal() rate!: string;
  @IsOneOf(['spot', 'daily', 'average', 'closing']) kind!: string;
  /** In force from this day or instant, until the next of its kind. */
  @IsDateOrInstant() validFrom!: string;
}

export const exchangeRateSet = defineEvent({
  type: 'ExchangeRateSet',
  dataClass: ExchangeRateSet,
  schemaVersion: 1,
  categories: ['exchangeRate'],
  leafFields: ['from', 'to'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data }) => [data.kind, data.validFrom],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the kind of rate and the day or instant it is valid from',
    businessKey: 'none: a register per kind and validity',
    touches: 'the two currencies, and every entry that uses the rate',
  },
  effect: {
    posts: { does: 'never', words: 'it is the basis of entries in foreign currency' },
    movesStock: { does: 'never', words: 'it values and moves nothing' },
  },
  description: 'The rate between two currencies was set.',
});
