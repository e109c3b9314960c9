import type { OrderState } from './order-state.js';
import type { Performance } from './performance.js';
import { sumPrices } from './stage-price.js';

/** What one performance is worth to an order, in minor units of the order's currency. */
export interface PerformedAmounts {
  readonly performance: Performance;
  /** Goods, fees and all other lines that are sales and no shipping, before discount. */
  readonly goods: bigint;
  /** Gift cards sold: a promise to pay, no sale. */
  readonly giftCards: bigint;
  readonly discount: bigint;
  readonly shipping: bigint;
  /** The seller's tax on goods and shipping. */
  readonly tax: bigint;
}

/** What each performance of an order is worth; they sum to the order however it was split. */
export function performedAmounts({ stages }: OrderState): readonly PerformedAmounts[] {
  const { byPerformance } = sumPrices(stages.map(({ price }) => price));
  return [...byPerformance].map(([performance, { shippingTax, ...rest }]) => ({
    performance,
    ...rest,
    tax: rest.tax + shippingTax,
  }));
}
