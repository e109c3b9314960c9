import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { PostalAddress } from '../shared-parts.js';
import { IsMoney, IsUnitAmount } from '../validation/amounts.js';
import {
  IsCurrency,
  IsIdentifier,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export const lineKinds = [
  'goods',
  'gift_card',
  'shipping',
  'fee',
  'duty',
  'donation',
  'tip',
  'container_deposit',
] as const;
export type LineKind = (typeof lineKinds)[number];

export class Debtor {
  @IsOneOf(['customer', 'marketplace', 'business_customer']) kind!: string;
  /** A key of the source, never a name or an address. */
  @IsIdentifier() id!: string;
}

export class OrderTax {
  @IsMoney() amount!: Money;
  /** Who owes it to the authority; only the seller's is ours. */
  @IsOneOf(['seller', 'marketplace']) liable!: 'seller' | 'marketplace';
}

export class OrderLine {
  @IsIdentifier() line!: string;
  @IsOneOf(lineKinds) kind!: LineKind;
  /** Required for goods; shipping and fees have none. */
  @Optional() @IsIdentifier() sku?: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** All units of the line before discount, without tax. */
  @IsMoney() gross!: Money;
  @IsMoney() discount!: Money;
  @IsListOf(() => OrderTax) taxes!: OrderTax[];
  @Optional() @IsUnitAmount() unitPrice?: { decimal: string; currency: string };
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
  checks: checkOrder,
});

function checkOrder({ data }: EventParts<OrderCaptured>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  data.lines.forEach((line, index) => {
    const at = `data.lines.${index}`;
    if (seen.has(line.line)) {
      faults.push({ field: `${at}.line`, message: `the line ${line.line} is there twice` });
    }
    seen.add(line.line);
    if (line.kind === 'goods' && line.sku === undefined) {
      faults.push({ field: `${at}.sku`, message: 'goods need a sku' });
    }
    const amounts = [line.gross, line.discount, ...line.taxes.map((tax) => tax.amount)];
    if (amounts.some((amount) => amount.currency !== data.currency)) {
      faults.push({ field: at, message: `every amount must be in the order's ${data.currency}` });
    }
    if (line.discount.minor > line.gross.minor) {
      faults.push({ field: `${at}.discount`, message: 'must not exceed the gross amount' });
    }
  });
  return faults;
}
