import type { ReleasedAmounts } from '#events';
import { cumulativeShare } from '#kernel';
import type { CountedCancellation } from './line-units.js';
import type { OrderStage } from './order-stage.js';

/** What a cancellation says it gave back, in minor units of the order's currency. */
export type Release = Readonly<
  Record<'goods' | 'discount' | 'tax' | 'shipping' | 'shippingTax', bigint>
>;

/**
 * What a line cancellation says that its counted units released: where performance or another
 * cancellation had taken some of its units, the counted ones' share of what was stated.
 * Null where it states nothing that can be understood.
 */
export function releaseOf(
  { cancellation, qty }: CountedCancellation,
  currency: string,
): Release | null {
  if (cancellation === null) return null;
  const { released, qty: qtyStated } = cancellation.event.data;
  return statedRelease(released, currency, (minor) =>
    cumulativeShare(minor, BigInt(qty), BigInt(qtyStated)),
  );
}

/**
 * What the cancellation of the whole order says it released. The first takes all units that are
 * left, so that later ones release nothing, whatever they state.
 */
export function orderReleaseOf(stage: OrderStage, currency: string): Release | null {
  const [first] = stage.cancellations;
  return statedRelease(first?.event.data.released, currency, (minor) => minor);
}

/** An amount in another currency than the order's says nothing of the order's amounts. */
function statedRelease(
  released: ReleasedAmounts | undefined,
  currency: string,
  countedOf: (minor: bigint) => bigint,
): Release | null {
  if (released === undefined) return null;
  const { goods, discount, tax, shipping, shippingTax } = released;
  const stated = [goods, discount, tax, shipping, shippingTax];
  if (stated.some((amount) => amount !== undefined && amount.currency !== currency)) return null;
  const minorOf = (amount: ReleasedAmounts['goods']) => countedOf(BigInt(amount?.minor ?? 0));
  return {
    goods: minorOf(goods),
    discount: minorOf(discount),
    tax: minorOf(tax),
    shipping: minorOf(shipping),
    shippingTax: minorOf(shippingTax),
  };
}
