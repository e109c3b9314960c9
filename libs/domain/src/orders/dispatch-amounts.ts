import type { Effective } from '../subject-view.js';
import { addAmounts, type Amounts, amountsBetween, noAmounts } from './amounts.js';
import { carriedLines, isDispatchedItself, type RemainingLine, weight } from './carriage.js';
import { remainingAmounts } from './line-amounts.js';
import type { LineUnits } from './line-units.js';
import type { OrderState } from './order-state.js';

/** What one dispatch performed of an order, in minor units of the order's currency. */
export interface DispatchAmounts {
  readonly dispatch: Effective<'ShipmentDispatched'>;
  /** Goods, fees and all other lines that are sales and no shipping, before discount. */
  readonly goods: bigint;
  /** Gift cards sold: a promise to pay, no sale. */
  readonly giftCards: bigint;
  readonly discount: bigint;
  readonly shipping: bigint;
  /** The seller's tax on goods and shipping. */
  readonly tax: bigint;
}

/**
 * Prices the dispatches of an order so that they sum to the order however it was split.
 *
 * A line's amounts are those received; over its units they run as cumulative differences.
 * Dispatched units take a line's first positions, cancelled ones its last. A cancellation takes
 * with it what it says it released, or else its units' share; what is not released stays with the
 * units that remain. Lines that are not dispatched themselves (shipping, fees) follow the goods by
 * value; where no goods remain to follow, they go by the dispatches that name them.
 */
export function dispatchAmounts(state: OrderState): readonly DispatchAmounts[] {
  const currency = state.captured?.event.data.currency ?? '';
  const goods = state.lines
    .filter(isDispatchedItself)
    .map((units) => ({ units, amounts: remainingAmounts(units, units.cancellations, currency) }));
  const carried = carriedLines(state, currency);
  const weightTotal = goods.reduce((sum, { units }) => sum + weight(units, units.remaining), 0n);
  const byUnits = weightTotal === 0n ? carried : goods;
  const carriage =
    weightTotal === 0n
      ? noAmounts()
      : carried.reduce((sum, { amounts }) => addAmounts(sum, amounts), noAmounts());
  const sent = new Map<LineUnits, number>();
  let weightSent = 0n;
  return state.dispatches.map((dispatch) => {
    let amounts = noAmounts();
    const weightBefore = weightSent;
    for (const line of byUnits) {
      const before = sent.get(line.units) ?? 0;
      const after = before + qtyOf(line.units, dispatch);
      amounts = addAmounts(amounts, amountsOfUnits(line, before, after));
      weightSent += weight(line.units, after) - weight(line.units, before);
      sent.set(line.units, after);
    }
    amounts = addAmounts(amounts, amountsBetween(carriage, weightBefore, weightSent, weightTotal));
    const { shippingTax, ...rest } = amounts;
    return { dispatch, ...rest, tax: rest.tax + shippingTax };
  });
}

function qtyOf(units: LineUnits, dispatch: Effective<'ShipmentDispatched'>): number {
  return units.performed
    .filter((performed) => performed.dispatch === dispatch)
    .reduce((sum, { qty }) => sum + qty, 0);
}

function amountsOfUnits({ units, amounts }: RemainingLine, before: number, after: number): Amounts {
  if (before === after) return noAmounts();
  return amountsBetween(amounts, BigInt(before), BigInt(after), BigInt(units.remaining));
}
