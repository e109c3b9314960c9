import { ValidateIf } from 'class-validator';
import type { Money } from '#kernel';
import { IsMoney } from './validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from './validation/decorators.js';
import { IsListOf } from './validation/nested.js';

/** How a customer pays. */
export const tenders = [
  'card',
  'cash',
  'gift_card',
  'store_credit',
  'voucher',
  'loyalty',
  'bank_transfer',
  'cash_on_delivery',
  'buy_now_pay_later',
  'invoice',
  'marketplace',
  'other',
] as const;
export type Tender = (typeof tenders)[number];

/** Part of an amount that belongs to one order. */
export class OrderReference {
  @IsLeafOf('order') order!: string;
  @IsMoney() amount!: Money;
}

/** The orders a payment event is for; null says that the source does not know. */
export function IsOrderReferencesOrNull(): PropertyDecorator {
  return (target, property) => {
    ValidateIf((_object, value) => value !== null)(target, property);
    IsListOf(() => OrderReference, 1)(target, property);
  };
}

/** Units of one line of an order. */
export class OrderLineUnits {
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsQuantity() qty!: number;
}

/** The orders that lines name, each once. */
export function ordersOfLines(
  lines: readonly { readonly order?: string }[] | undefined,
): readonly string[] {
  const orders = (lines ?? []).flatMap(({ order }) => (order === undefined ? [] : [order]));
  return [...new Set(orders)];
}

/** Whose stock it is. */
export class StockOwner {
  @IsOneOf(['legal_entity', 'consignment_supplier', 'concession', 'logistics_customer'])
  kind!: string;
  @IsRegisteredKey() id!: string;
}

/** Where a person lives or receives goods; each part as the source wrote it. */
export class PostalAddress {
  @Optional() @IsStorableText() name?: string;
  @Optional() @IsStorableText() street?: string;
  @Optional() @IsStorableText() postalCode?: string;
  @Optional() @IsStorableText() city?: string;
  @Optional() @IsStorableText() region?: string;
  @Optional() @IsStorableText() country?: string;
}

/** What a person wrote, with who it was from where the source says so. */
export class WrittenText {
  @IsStorableText() text!: string;
  @Optional() @IsStorableText() sender?: string;
}
