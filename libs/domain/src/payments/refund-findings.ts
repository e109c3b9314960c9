import { type Finding, findingOf } from '../findings/finding.js';
import { performedQty } from '../orders/line-units.js';
import { orderStateOf } from '../orders/order-state.js';
import type { SubjectView } from '../subject-view.js';
import { disputesOf } from './disputes.js';
import { orderMoneyOf, ownCredits } from './order-money.js';
import { ownApplications } from './payment-applications.js';
import { owedMinor, refundsOf } from './refunds.js';

/** What is odd about the money that went back, or did not, for the view's orders. */
export function refundFindings(view: SubjectView): readonly Finding[] {
  const sent = view.effective('RefundIssued').length > 0;
  return [
    ...(sent ? [...exceeding(view), ...ungranted(view)] : []),
    ...failed(view),
    ...waiting(view),
  ];
}

function exceeding(view: SubjectView): readonly Finding[] {
  const { captured, refunded } = orderMoneyOf(view);
  return refunded <= captured
    ? []
    : [
        findingOf(
          'refund_exceeds_capture',
          '',
          `${refunded} minor units went back, ${captured} came in.`,
          refundIds(view),
        ),
      ];
}

/** What was paid for goods that were cancelled goes back without a credit: nothing was performed. */
function ungranted(view: SubjectView): readonly Finding[] {
  if (orderMoneyOf(view).refunded <= 0n || ownCredits(view).length > 0) return [];
  const { lines } = orderStateOf(view);
  const isPerformed = lines.some((units) => performedQty(units) > 0);
  const isCancelled = lines.some(({ line, cancelled }) => line.kind === 'goods' && cancelled > 0);
  return isPerformed && !isCancelled
    ? [
        findingOf(
          'refund_without_credit',
          '',
          'Money went back that nobody granted.',
          refundIds(view),
        ),
      ]
    : [];
}

/** A refund of the same amount after it, or nothing owed any more, explains a failed one. */
function failed(view: SubjectView): readonly Finding[] {
  if (view.effective('RefundFailed').length === 0) return [];
  if (ownCredits(view).length > 0 && owedMinor(view) <= 0n) return [];
  return refundsOf(view)
    .filter(({ state }) => state === 'failed')
    .map(({ key, amount, eventIds }) =>
      findingOf(
        'refund_failed',
        key,
        `A refund of ${amount.minor} minor units of ${amount.currency} failed and was not sent again.`,
        eventIds,
      ),
    );
}

/** While a dispute is open, or was lost, the customer has the money or gets it another way. */
function waiting(view: SubjectView): readonly Finding[] {
  const credits = ownCredits(view);
  if (credits.length === 0) return [];
  const owed = owedMinor(view);
  if (owed <= 0n || disputesOf(view).some(({ doNotRefund }) => doNotRefund)) return [];
  return [
    findingOf(
      'credit_without_refund',
      '',
      `The customer waits for ${owed} minor units that were granted and have not gone back.`,
      credits.map(({ event }) => event.eventId),
    ),
  ];
}

function refundIds(view: SubjectView): readonly string[] {
  return ownApplications(view, 'RefundIssued').map(({ effective }) => effective.event.eventId);
}
