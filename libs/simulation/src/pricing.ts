import { cumulativeShare } from '#kernel';
import { type Article, retailer } from './retailer.js';
import type { SeededRandom } from './random.js';

/** An order line with its prices in minor units, tax excluded from gross and discount. */
export interface PricedLine {
  readonly line: string;
  readonly kind: 'goods' | 'shipping';
  readonly sku?: string;
  readonly qty: number;
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
}

const shippingMinor = 490;
const discountedPercent = 25;

/** Prices articles as a shop does: a discount on some orders, tax on what is left, shipping. */
export function priceGoods(
  random: SeededRandom,
  chosen: readonly { readonly article: Article; readonly qty: number }[],
  taxPercent: number = retailer.taxPercent,
): PricedLine[] {
  const discountPercent = random.chance(discountedPercent) ? random.pick([5, 10, 15]) : 0;
  return chosen.map(({ article, qty }, index) => {
    const grossMinor = article.priceMinor * qty;
    const discountMinor = Math.floor((grossMinor * discountPercent) / 100);
    return {
      line: String(index + 1),
      kind: 'goods',
      sku: article.sku,
      qty,
      grossMinor,
      discountMinor,
      taxMinor: taxOf(grossMinor - discountMinor, taxPercent),
    };
  });
}

export function shippingLine(): PricedLine {
  return {
    line: 'shipping',
    kind: 'shipping',
    qty: 1,
    grossMinor: shippingMinor,
    discountMinor: 0,
    taxMinor: taxOf(shippingMinor),
  };
}

/** Tax rounded half up, in whole minor units. */
export function taxOf(netMinor: number, taxPercent: number = retailer.taxPercent): number {
  return Math.floor((netMinor * taxPercent + 50) / 100);
}

/** What the customer pays for lines, with the seller's tax where the seller owes it. */
export function totalMinor(lines: readonly PricedLine[], sellerOwesTax = true): number {
  return lines.reduce(
    (sum, { grossMinor, discountMinor, taxMinor }) =>
      sum + grossMinor - discountMinor + (sellerOwesTax ? taxMinor : 0),
    0,
  );
}

/** The line with other units, at the price it was sold for. */
export function withUnits(line: PricedLine, qty: number): PricedLine {
  const share = (minor: number) => Math.floor((minor * qty) / line.qty);
  return {
    ...line,
    qty,
    grossMinor: share(line.grossMinor),
    discountMinor: share(line.discountMinor),
    taxMinor: share(line.taxMinor),
  };
}

/** Net and tax of the first units of a line. */
export function creditOf(line: PricedLine, units: number): { netMinor: number; taxMinor: number } {
  const share = (total: number) =>
    Number(cumulativeShare(BigInt(total), BigInt(units), BigInt(line.qty)));
  return { netMinor: share(line.grossMinor - line.discountMinor), taxMinor: share(line.taxMinor) };
}
