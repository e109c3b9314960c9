import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { orderStateOf, type OrderState, remainingTotalMinor } from '../orders/order-state.js';
import type { SubjectView } from '../subject-view.js';
import { orderMoneyOf } from './order-money.js';
import { ownApplications } from './payment-applications.js';

/**
 * What was collected, where it is not what the order comes to: neither by itself, nor together with
 * what another order left for it, nor less what went back, nor for the lines not cancelled before.
 */
export function paidTotalFindings(view: SubjectView): readonly Finding[] {
  const state = orderStateOf(view);
  const { total, captured, transferred, refunded, credited, forfeited, currency } =
    orderMoneyOf(view);
  const payments = ownApplications(view, 'PaymentCaptured').filter(
    ({ effective }) => effective.event.data.amount.currency === currency,
  );
  if (state.captured === undefined || payments.length === 0) return [];
  // Of a cancelled order the rest of a deposit is kept.
  if (forfeited > 0n && captured - refunded === forfeited) return [];
  // What went back without a credit was collected for more than the order comes to since.
  const ungranted = refunded > credited ? refunded - credited : 0n;
  const sums = [captured, captured - transferred, captured - transferred - ungranted];
  if (sums.some((paid) => paid === total || isPaidWithoutCancelledLines(state, paid))) return [];
  return [
    findingOf(
      'payments_differ_from_order',
      '',
      {
        expected: amountTold({ minor: total, currency }),
        found: amountTold({ minor: captured, currency }),
      },
      [state.captured.event.eventId, ...payments.map(({ effective }) => effective.event.eventId)],
    ),
  ];
}

/** What is collected after a line was cancelled comes to the lines that are left. */
function isPaidWithoutCancelledLines(state: OrderState, paid: bigint): boolean {
  return state.lineCancellations.length > 0 && paid === remainingTotalMinor(state);
}
