import type { Money } from '#kernel';
import type { FieldFault } from '../event-definition.js';
import { IsMoney, IsUnitAmount } from '../validation/amounts.js';
import { IsDecimal } from '../validation/decimals.js';
import {
  IsIdentifier,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  IsTrueOrFalse,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

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

export class OrderTax {
  @IsMoney() amount!: Money;
  /** Who owes it to the authority; only the seller's is ours. */
  @IsOneOf(['seller', 'marketplace']) liable!: 'seller' | 'marketplace';
  /** The authority it is owed to, such as `DE` or `US-CA`. */
  @Optional() @IsIdentifier() jurisdiction?: string;
  /** In percent, as decimal text: `19` or `8.25`. */
  @Optional() @IsDecimal() ratePercent?: string;
  /** What the rate was applied to. */
  @Optional() @IsMoney() base?: Money;
  /** True where the price the customer saw held the tax; the line's amounts never do. */
  @Optional() @IsTrueOrFalse() inclusive?: boolean;
  /** True where the customer owes the tax instead of the seller. */
  @Optional() @IsTrueOrFalse() reverseCharge?: boolean;
}

/** One reason why a line costs less; the line's `discount` is what counts. */
export class OrderDiscount {
  @IsMoney() amount!: Money;
  /** The voucher, campaign or rule, as its source names it. */
  @IsIdentifier() code!: string;
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
  /** What the discount is made of, as received. */
  @Optional() @IsListOf(() => OrderDiscount) discounts?: OrderDiscount[];
}

/** Lines are told apart, goods are named, and every amount is in the order's currency. */
export function checkOrderLines(
  lines: readonly OrderLine[],
  currency: string,
  field = 'data.lines',
): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  lines.forEach((line, index) => {
    const at = `${field}.${index}`;
    if (seen.has(line.line)) {
      faults.push({ field: `${at}.line`, message: `the line ${line.line} is there twice` });
    }
    seen.add(line.line);
    faults.push(...checkOrderLine(line, currency, at));
  });
  return faults;
}

/** What holds of one line alone. */
export function checkOrderLine(
  line: OrderLine,
  currency: string,
  at: string,
): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (line.kind === 'goods' && line.sku === undefined) {
    faults.push({ field: `${at}.sku`, message: 'goods need a sku' });
  }
  const bases = line.taxes.flatMap(({ base }) => (base === undefined ? [] : [base]));
  const amounts = [line.gross, line.discount, ...line.taxes.map(({ amount }) => amount), ...bases];
  const reasons = (line.discounts ?? []).map(({ amount }) => amount);
  if ([...amounts, ...reasons].some((amount) => amount.currency !== currency)) {
    faults.push({ field: at, message: `every amount must be in the order's ${currency}` });
  }
  if (line.discount.minor > line.gross.minor) {
    faults.push({ field: `${at}.discount`, message: 'must not exceed the gross amount' });
  }
  return faults;
}
