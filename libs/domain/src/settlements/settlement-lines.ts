import type { SettlementLineType } from '#events';
import { categoryOf, memoizeByObject, type Money } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/** A line of a payout that settles something of the view's orders or payments. */
export interface SettlementLine {
  readonly effective: Effective<'SettlementLineReported'>;
  /** The leaf of the batch that is paid out. */
  readonly batch: string;
  readonly line: string;
  readonly type: SettlementLineType;
  /** Null where a marketplace knows no payment. */
  readonly payment: string | null;
  /** The provider's own id of the capture, refund or dispute that is settled, or null. */
  readonly movement: string | null;
  /** In the payment's currency where the line says it, else as it is paid out. */
  readonly gross: Money;
  readonly fee: Money;
  readonly net: Money;
  readonly at: string | null;
}

/** The settlement lines of the view, in order of occurrence. */
export const settlementLinesOf = memoizeByObject((view: SubjectView): readonly SettlementLine[] =>
  view.effective('SettlementLineReported').map((effective) => {
    const { leaf, data } = effective.event;
    const { reference } = data;
    const isPayment = reference !== undefined && categoryOf(reference) === 'payment';
    return {
      effective,
      batch: leaf,
      line: data.line,
      type: data.type,
      payment: isPayment ? reference : null,
      movement: data.movement ?? null,
      gross: data.originalGross ?? data.gross,
      fee: data.fee,
      net: data.net,
      at: effective.resolved.at,
    };
  }),
);

/**
 * The lines that settle one movement of a payment: those that name it, and those that name none
 * where the payment has no other movement of its type.
 */
export function linesOfMovement(
  view: SubjectView,
  type: 'charge' | 'refund',
  { payment, number }: { readonly payment: string; readonly number: string },
): readonly SettlementLine[] {
  const lines = settlementLinesOf(view).filter(
    (line) => line.type === type && line.payment === payment,
  );
  if (lines.length === 0) return lines;
  const movements = view
    .effective(type === 'charge' ? 'PaymentCaptured' : 'RefundIssued')
    .filter(({ event }) => event.leaf === payment);
  return lines.filter(({ movement }) =>
    movement === null ? movements.length === 1 : movement === number,
  );
}
