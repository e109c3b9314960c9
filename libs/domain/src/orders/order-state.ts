import { memoizeByObject } from '#kernel';
import { type Effective, ofOrder, type SubjectView } from '../subject-view.js';
import type { Amounts } from './amounts.js';
import { remainingOfStage } from './carriage.js';
import { receivedAmounts } from './line-amounts.js';
import type { LineUnits } from './line-units.js';
import { mergedLines } from './merged-lines.js';
import { orderChangesOf } from './order-changes.js';
import { orderStagesOf, type PricedStage } from './order-stages.js';
import { type Performance, type PerformedUnits, performedUnitsOf } from './performance.js';

/** An order as its facts tell it. */
export interface OrderState {
  readonly captured: Effective<'OrderCaptured'> | undefined;
  readonly lines: readonly LineUnits[];
  /** Between the changes of its lines; only one where nothing was changed. */
  readonly stages: readonly PricedStage[];
  /** Units handed over of no line of the order, or of an order that is not captured. */
  readonly unknownLines: readonly PerformedUnits[];
  /** Everything handed over with lines of this order, in order of occurrence. */
  readonly performances: readonly Performance[];
  readonly cancellations: readonly Effective<'OrderCancelled'>[];
  readonly lineCancellations: readonly Effective<'OrderLineCancelled'>[];
}

/** Folds an order from the effective facts of its view; all read models of a view share it. */
export const orderStateOf = memoizeByObject((view: SubjectView): OrderState => {
  const [captured] = [...ofOrder(view, 'OrderCaptured')].sort(
    (left, right) => aliasesLast(view, left) - aliasesLast(view, right),
  );
  const cancellations = ofOrder(view, 'OrderCancelled');
  const lineCancellations = ofOrder(view, 'OrderLineCancelled');
  const units = performedUnitsOf(view);
  const stages = orderStagesOf({
    currency: captured?.event.data.currency ?? '',
    captured: captured?.event.data.lines ?? [],
    changes: captured === undefined ? [] : orderChangesOf(view),
    units,
    cancellations,
    lineCancellations,
  });
  const lines = mergedLines(stages);
  const known = new Set(lines.map(({ line }) => line.line));
  return {
    captured,
    lines,
    stages,
    unknownLines: units.filter(({ orderLine }) => !known.has(orderLine)),
    performances: [...new Set(units.map(({ performance }) => performance))],
    cancellations,
    lineCancellations,
  };
});

function aliasesLast(view: SubjectView, { event }: Effective<'OrderCaptured'>): number {
  return event.leaf === view.subject ? 0 : 1;
}

/**
 * What the customer owes for the order as its lines stand, in minor units of its currency: what was
 * performed before they were changed, and the lines since. Cancellations are not taken off.
 */
export function orderTotalMinor({ stages }: OrderState): bigint {
  let sum = 0n;
  for (const { stage, price, endedBy } of stages) {
    if (endedBy === null) {
      for (const { line } of stage.lines) sum += totalOf(receivedAmounts(line));
    } else {
      for (const amounts of price.byPerformance.values()) sum += totalOf(amounts);
    }
  }
  return sum;
}

/** The same, less what was cancelled and had not been handed over. */
export function remainingTotalMinor({ stages, captured }: OrderState): bigint {
  const currency = captured?.event.data.currency ?? '';
  let sum = 0n;
  for (const { stage, price, endedBy } of stages) {
    if (endedBy === null) sum += totalOf(remainingOfStage(stage, currency));
    else for (const amounts of price.byPerformance.values()) sum += totalOf(amounts);
  }
  return sum;
}

function totalOf(amounts: Amounts): bigint {
  const { goods, giftCards, shipping, discount, tax, shippingTax } = amounts;
  return goods + giftCards + shipping - discount + tax + shippingTax;
}
