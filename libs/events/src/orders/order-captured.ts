import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { PostalAddress } from '../shared-parts.js';
import {
  IsCurrency,
  IsDateOrInstant,
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';
import { checkOrderLines, OrderLine } from './order-lines.js';

export class Debtor {
  @IsOneOf(['customer', 'marketplace', 'business_customer']) kind!: string;
  /** A key of the source, never a name or an address. */
  @IsIdentifier() id!: string;
}

/** Another system's name of the order, by which people search for it. */
export class ExternalId {
  @IsIdentifier() system!: string;
  @IsIdentifier() id!: string;
}

export class Customer {
  @Optional() @IsStorableText() name?: string;
  @Optional() @IsStorableText() email?: string;
  @Optional() @IsStorableText() phone?: string;
  @Optional() @IsListOf(() => PostalAddress) addresses?: PostalAddress[];
}

export class OrderCaptured {
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsPart(() => Debtor) debtor!: Debtor;
  @IsIdentifier() channel!: string;
  @IsListOf(() => OrderLine) lines!: OrderLine[];
  /** The currency of the retailer's books, where the customer paid in another. */
  @Optional() @IsCurrency() shopCurrency?: string;
  /** Who sells to the customer, where it is not the legal entity. */
  @Optional() @IsRegisteredKey() sellerOfRecord?: string;
  /** An agent earns a commission and never the sale. */
  @Optional() @IsOneOf(['principal', 'agent']) actsAs?: 'principal' | 'agent';
  @Optional() @IsListOf(() => ExternalId) externalIds?: ExternalId[];
  /** What was promised at checkout: a day, or an instant where it is that exact. */
  @Optional() @IsDateOrInstant() promisedAt?: string;
  @Optional() @IsPart(() => Customer) customer?: PersonalData<Customer>;
}

export const orderCaptured = defineEvent({
  type: 'OrderCaptured',
  dataClass: OrderCaptured,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: ({ data: { currency, lines } }) => {
    const total = lines.reduce(
      (sum, { gross, discount }) => sum + BigInt(gross.minor) - BigInt(discount.minor),
      0n,
    );
    return `${total} ${currency}`;
  },
  authority: 'issuer',
  personalData: [
    {
      field: 'customer',
      // A marketplace owes for all its buyers: each of its orders tells of another person.
      subject: ({ account, leaf, data }) =>
        data.debtor.kind === 'marketplace'
          ? JSON.stringify(['customer', leaf])
          : JSON.stringify(['customer', account, data.debtor.id]),
    },
  ],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'none',
    businessKey: 'the order',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'units are reserved through StockAllocated' },
  },
  description:
    'A customer placed an order; its lines with prices, discounts and taxes as received.',
  checks: ({ data }) => checkOrderLines(data.lines, data.currency),
});
