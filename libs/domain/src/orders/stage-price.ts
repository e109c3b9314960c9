import { addAmounts, type Amounts, amountsBetween, noAmounts } from './amounts.js';
import { carriedLines, type RemainingLine, remainingGoods, weight } from './carriage.js';
import type { LineUnits } from './line-units.js';
import type { OrderStage } from './order-stage.js';
import type { Performance } from './performance.js';

/** What the performances of a stage are worth, in minor units of the order's currency. */
export interface StagePrice {
  readonly byPerformance: ReadonlyMap<Performance, Amounts>;
  /** What was performed of each line by its own units. */
  readonly byLine: ReadonlyMap<string, PerformedLine>;
  /** What was performed of the lines that follow the goods, together. */
  readonly carriage: Amounts;
}

export interface PerformedLine {
  readonly qty: number;
  readonly amounts: Amounts;
}

/**
 * Prices the performances of a stage so that they sum to its lines however they were split.
 *
 * A line's amounts are those received; over its units they run as cumulative differences.
 * Performed units take a line's first positions, cancelled ones its last. A cancellation takes
 * with it what it says it released, or else its units' share; what is not released stays with the
 * units that remain. Lines that are not performed themselves (shipping, fees) follow the goods by
 * value; where no goods remain to follow, they go by the performances that name them.
 */
export function priceStage(stage: OrderStage, currency: string): StagePrice {
  const goods = remainingGoods(stage, currency);
  const carried = carriedLines(stage, currency);
  const weightTotal = goods.reduce((sum, { units }) => sum + weight(units, units.remaining), 0n);
  const followsGoods = weightTotal !== 0n;
  const byUnits = followsGoods ? goods : carried;
  const carriage = followsGoods
    ? carried.reduce((sum, { amounts }) => addAmounts(sum, amounts), noAmounts())
    : noAmounts();
  const byPerformance = new Map<Performance, Amounts>();
  const byLine = new Map<string, PerformedLine>();
  let weightSent = 0n;
  for (const performance of stage.performances) {
    let amounts = noAmounts();
    const weightBefore = weightSent;
    for (const line of byUnits) {
      const qty = qtyOf(line.units, performance);
      if (qty === 0) continue;
      const sent = byLine.get(line.units.line.line) ?? { qty: 0, amounts: noAmounts() };
      const before = sent.qty;
      const after = before + qty;
      const own = amountsOfUnits(line, before, after);
      amounts = addAmounts(amounts, own);
      weightSent += weight(line.units, after) - weight(line.units, before);
      byLine.set(line.units.line.line, { qty: after, amounts: addAmounts(sent.amounts, own) });
    }
    const carriedAlong = amountsBetween(carriage, weightBefore, weightSent, weightTotal);
    byPerformance.set(performance, addAmounts(amounts, carriedAlong));
  }
  return { byPerformance, byLine, carriage: amountsBetween(carriage, 0n, weightSent, weightTotal) };
}

/** Several stages' prices as one. */
export function sumPrices(prices: readonly StagePrice[]): StagePrice {
  const [only] = prices;
  if (only !== undefined && prices.length === 1) return only;
  const byPerformance = new Map<Performance, Amounts>();
  const byLine = new Map<string, PerformedLine>();
  let carriage = noAmounts();
  for (const price of prices) {
    for (const [performance, amounts] of price.byPerformance) {
      const other = byPerformance.get(performance);
      byPerformance.set(performance, other ? addAmounts(other, amounts) : amounts);
    }
    for (const [line, { qty, amounts }] of price.byLine) {
      const other = byLine.get(line) ?? { qty: 0, amounts: noAmounts() };
      byLine.set(line, { qty: other.qty + qty, amounts: addAmounts(other.amounts, amounts) });
    }
    carriage = addAmounts(carriage, price.carriage);
  }
  return { byPerformance, byLine, carriage };
}

function qtyOf(units: LineUnits, performance: Performance): number {
  let sum = 0;
  for (const performed of units.performed) {
    if (performed.performance === performance) sum += performed.qty;
  }
  return sum;
}

function amountsOfUnits({ units, amounts }: RemainingLine, before: number, after: number): Amounts {
  if (before === after) return noAmounts();
  return amountsBetween(amounts, BigInt(before), BigInt(after), BigInt(units.remaining));
}
