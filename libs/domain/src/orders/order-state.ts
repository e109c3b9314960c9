import type { OrderCaptured, OrderLine } from '#events';
import { memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import { type DispatchedUnits, lineUnits, type LineUnits } from './line-units.js';

/** An order as its facts tell it. */
export interface OrderState {
  readonly captured: Effective<'OrderCaptured'> | undefined;
  readonly lines: readonly LineUnits[];
  /** Dispatched lines of no line of the order, or of an order that is not captured. */
  readonly unknownLines: readonly DispatchedUnits[];
  /** Every dispatch with lines of this order, in order of occurrence. */
  readonly dispatches: readonly Effective<'ShipmentDispatched'>[];
  readonly cancellations: readonly Effective<'OrderCancelled'>[];
  readonly lineCancellations: readonly Effective<'OrderLineCancelled'>[];
}

/** Folds an order from the effective facts of its view; all read models of a view share it. */
export const orderStateOf = memoizeByObject((view: SubjectView): OrderState => {
  const [captured] = view
    .effective('OrderCaptured')
    .filter(({ event }) => view.orders.has(event.leaf))
    .sort((left, right) => aliasesLast(view, left) - aliasesLast(view, right));
  const cancellations = view
    .effective('OrderCancelled')
    .filter(({ event }) => view.orders.has(event.leaf));
  const lineCancellations = view
    .effective('OrderLineCancelled')
    .filter(({ event }) => view.orders.has(event.leaf));
  const units = view.effective('ShipmentDispatched').flatMap((dispatch) => unitsOf(view, dispatch));
  const orderLines = captured?.event.data.lines ?? [];
  return {
    captured,
    lines: orderLines.map((line) =>
      lineUnits(
        line,
        units.filter(({ orderLine }) => orderLine === line.line),
        lineCancellations.filter(({ event }) => event.data.line === line.line),
        cancellations.length > 0,
      ),
    ),
    unknownLines: units.filter(({ orderLine }) => !hasLine(captured?.event.data, orderLine)),
    dispatches: [...new Set(units.map(({ dispatch }) => dispatch))],
    cancellations,
    lineCancellations,
  };
});

function aliasesLast(view: SubjectView, { event }: Effective<'OrderCaptured'>): number {
  return event.leaf === view.subject ? 0 : 1;
}

function unitsOf(
  view: SubjectView,
  dispatch: Effective<'ShipmentDispatched'>,
): readonly DispatchedUnits[] {
  return dispatch.event.data.lines
    .filter(({ order }) => view.orders.has(order))
    .map(({ orderLine, qty }) => ({ dispatch, orderLine, qty }));
}

function hasLine(data: OrderCaptured | undefined, orderLine: string): boolean {
  return data?.lines.some((line) => line.line === orderLine) ?? false;
}

/** The seller's own tax of a line; what a marketplace remits is never ours. */
export function sellerTaxMinor(line: OrderLine): bigint {
  return line.taxes
    .filter(({ liable }) => liable === 'seller')
    .reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n);
}

/** What the customer owes for a line as captured: gross less discount, with the seller's tax. */
export function lineTotalMinor(line: OrderLine): bigint {
  return BigInt(line.gross.minor) - BigInt(line.discount.minor) + sellerTaxMinor(line);
}

/** What the customer owes for the order as captured. */
export function orderTotalMinor(data: OrderCaptured): bigint {
  return data.lines.reduce((sum, line) => sum + lineTotalMinor(line), 0n);
}
