import { cumulativeShare } from '#kernel';
import { addAmounts, type Amounts, amountsBetween, noAmounts, withoutAmounts } from './amounts.js';
import { remainingAmounts } from './line-amounts.js';
import type { LineUnits } from './line-units.js';
import type { OrderStage } from './order-stage.js';
import { orderReleaseOf, releaseOf } from './release.js';

/** A line with what its units that remain are worth. */
export interface RemainingLine {
  readonly units: LineUnits;
  readonly amounts: Amounts;
}

/** Goods and gift cards are handed over themselves; all other lines follow them. */
export function isHandedOverItself({ line }: Pick<LineUnits, 'line'>): boolean {
  return line.kind === 'goods' || line.kind === 'gift_card';
}

/** What the units handed over themselves are worth, once their cancellations took their part. */
export function remainingGoods(stage: OrderStage, currency: string): readonly RemainingLine[] {
  return stage.lines
    .filter(isHandedOverItself)
    .map((units) => ({ units, amounts: remainingAmounts(units, units.cancellations, currency) }));
}

/** What all lines of a stage are worth, once cancellations took their part. */
export function remainingOfStage(stage: OrderStage, currency: string): Amounts {
  return [...remainingGoods(stage, currency), ...carriedLines(stage, currency)].reduce(
    (sum, { amounts }) => addAmounts(sum, amounts),
    noAmounts(),
  );
}

/** A line's value decides how much of the shipping its units carry; free goods count by number. */
export function weight({ line, ordered }: LineUnits, units: number): bigint {
  const value = line.gross.minor === 0 ? BigInt(ordered) : BigInt(line.gross.minor) * 1_000n;
  return units === 0 ? 0n : cumulativeShare(value, BigInt(units), BigInt(ordered));
}

/**
 * The lines that follow the goods (shipping, fees), with what is left of them: less their own
 * cancellations, less the share of cancelled goods that do not say what they released, less the
 * shipping that the other cancellations say they released.
 */
export function carriedLines(stage: OrderStage, currency: string): readonly RemainingLine[] {
  const goods = stage.lines.filter(isHandedOverItself);
  const orderRelease = tookUnits(stage, goods) ? orderReleaseOf(stage, currency) : null;
  const ordered = goods.reduce((sum, units) => sum + weight(units, units.ordered), 0n);
  const shared = goods.reduce(
    (sum, units) => sum + weightReleasedByShare(units, orderRelease !== null, currency),
    0n,
  );
  let stated = shippingReleased(stage, currency);
  if (orderRelease) {
    stated = {
      ...stated,
      shipping: stated.shipping + orderRelease.shipping,
      shippingTax: stated.shippingTax + orderRelease.shippingTax,
    };
  }
  return stage.lines
    .filter((units) => !isHandedOverItself(units))
    .map((units) => {
      const own = units.cancellations.filter(
        ({ cancellation }) =>
          cancellation !== null ||
          // The whole order's cancellation reaches these lines through the goods they follow.
          (goods.length === 0 && (orderRelease === null || units.line.kind !== 'shipping')),
      );
      const whole = remainingAmounts(units, own, currency);
      const share = amountsBetween(whole, ordered - shared, ordered, ordered);
      const kept = withoutAmounts(whole, share);
      const amounts = withoutAmounts(kept, stated);
      stated = withoutAmounts(stated, withoutAmounts(kept, amounts));
      return { units, amounts };
    });
}

/** Whether the cancellation of the whole order found a unit that had not left. */
function tookUnits(stage: OrderStage, goods: readonly LineUnits[]): boolean {
  const lines = goods.length === 0 ? stage.lines : goods;
  return lines.some(({ cancellations }) =>
    cancellations.some(({ cancellation }) => cancellation === null),
  );
}

/** The weight of cancelled units whose cancellation does not say what it released. */
function weightReleasedByShare(units: LineUnits, orderStates: boolean, currency: string): bigint {
  let released = 0n;
  let last = units.ordered;
  for (const counted of units.cancellations) {
    const states =
      counted.cancellation === null ? orderStates : releaseOf(counted, currency) !== null;
    if (!states) released += weight(units, last) - weight(units, last - counted.qty);
    last -= counted.qty;
  }
  return released;
}

/** The shipping that line cancellations released with other lines than shipping itself. */
function shippingReleased(stage: OrderStage, currency: string): Amounts {
  const stated = noAmounts();
  for (const { line, cancellations } of stage.lines) {
    if (line.kind === 'shipping') continue;
    for (const counted of cancellations) {
      const release = releaseOf(counted, currency);
      stated.shipping += release?.shipping ?? 0n;
      stated.shippingTax += release?.shippingTax ?? 0n;
    }
  }
  return stated;
}
