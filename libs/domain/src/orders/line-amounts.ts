import type { OrderLine } from '#events';
import { addAmounts, type Amounts, amountsBetween, noAmounts, withoutAmounts } from './amounts.js';
import type { CountedCancellation, LineUnits } from './line-units.js';
import { sellerTaxMinor } from './order-totals.js';
import { type Release, releaseOf } from './release.js';

/** What a line was sold for, as received. */
export function receivedAmounts(line: OrderLine): Amounts {
  return amountsOf(line, {
    gross: BigInt(line.gross.minor),
    discount: BigInt(line.discount.minor),
    tax: sellerTaxMinor(line),
  });
}

/** Names a line's amounts by what the line sells. */
function amountsOf(
  { kind }: OrderLine,
  { gross, discount, tax }: { readonly [part in 'gross' | 'discount' | 'tax']: bigint },
): Amounts {
  if (kind === 'shipping') {
    return { ...noAmounts(), shipping: gross, discount, shippingTax: tax };
  }
  if (kind === 'gift_card') return { ...noAmounts(), giftCards: gross, discount, tax };
  return { ...noAmounts(), goods: gross, discount, tax };
}

/** What a line's own cancellation releases of the line; a shipping line's worth is shipping. */
function ownRelease(line: OrderLine, release: Release): Amounts {
  const { goods, discount, tax, shipping, shippingTax } = release;
  return line.kind === 'shipping'
    ? amountsOf(line, { gross: goods + shipping, discount, tax: tax + shippingTax })
    : amountsOf(line, { gross: goods, discount, tax });
}

/**
 * What the units that remain are worth, once these cancellations took their part: what they say
 * they released, or else the share of the last units that are not cancelled yet.
 */
export function remainingAmounts(
  { line, ordered }: LineUnits,
  cancellations: readonly CountedCancellation[],
  currency: string,
): Amounts {
  const whole = receivedAmounts(line);
  let left = whole;
  let last = ordered;
  for (const counted of cancellations) {
    const release = releaseOf(counted, currency);
    const taken = release
      ? ownRelease(line, release)
      : amountsBetween(whole, BigInt(last - counted.qty), BigInt(last), BigInt(ordered));
    left = withoutAmounts(left, taken);
    last -= counted.qty;
  }
  return left;
}

/** The same line with other units and amounts; its tax is the seller's own. */
export function lineWith(
  line: Readonly<OrderLine>,
  qty: number,
  amounts: Amounts,
  currency: string,
): OrderLine {
  const { goods, giftCards, shipping, discount, tax, shippingTax } = amounts;
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  return {
    ...line,
    qty,
    gross: money(goods + giftCards + shipping),
    discount: money(discount),
    taxes: [{ amount: money(tax + shippingTax), liable: 'seller' }],
  };
}

/** A line to which units of its own name were added, as the addition tells it: each counts once. */
export function joinedLine(
  line: Readonly<OrderLine>,
  added: Readonly<OrderLine>,
  currency: string,
): OrderLine {
  const amounts = addAmounts(receivedAmounts(line), receivedAmounts(added));
  return lineWith(added, line.qty + added.qty, amounts, currency);
}
