import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { performedQty } from '../orders/line-units.js';
import { orderStateOf } from '../orders/order-state.js';
import { ofOrder, type SubjectView } from '../subject-view.js';
import { disputesOf } from './disputes.js';
import { orderMoneyOf, ownCredits } from './order-money.js';
import { ownApplications } from './payment-applications.js';
import { refundChainsOf } from './refund-chains.js';
import { owedMinor, refundsOf } from './refunds.js';

/** What is odd about the money that went back, or did not, for the view's orders. */
export function refundFindings(view: SubjectView): readonly Finding[] {
  const sent = view.effective('RefundIssued').length > 0;
  return [
    ...(sent ? [...exceeding(view), ...ungranted(view), ...rejected(view)] : []),
    ...forfeited(view),
    ...failed(view),
    ...waiting(view),
  ];
}

function exceeding(view: SubjectView): readonly Finding[] {
  const { captured, refunded, currency } = orderMoneyOf(view);
  return refunded <= captured
    ? []
    : [
        findingOf(
          'refund_exceeds_capture',
          '',
          {
            expected: amountTold({ minor: captured, currency }),
            found: amountTold({ minor: refunded, currency }),
          },
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
    ? [findingOf('refund_without_credit', '', {}, refundIds(view))]
    : [];
}

/** Who rejects may think again: an approval explains it, and so does money that came back. */
function rejected(view: SubjectView): readonly Finding[] {
  if (view.effective('RefundRejected').length === 0) return [];
  return refundChainsOf(view).flatMap(({ key, rejection, approval, issued, reversed }) => {
    if (rejection === undefined || issued === undefined) return [];
    if (approval !== undefined || reversed !== undefined) return [];
    const ids = [rejection.event.eventId, issued.event.eventId];
    return [findingOf('refund_rejected_yet_sent', key, {}, ids)];
  });
}

/** Only what was paid and did not go back can be kept. */
function forfeited(view: SubjectView): readonly Finding[] {
  const kept = ofOrder(view, 'DepositForfeited');
  if (kept.length === 0) return [];
  const money = orderMoneyOf(view);
  const { currency } = money;
  const held = money.captured - money.refunded - money.disputed - money.transferred;
  if (money.forfeited <= held) return [];
  return [
    findingOf(
      'forfeited_more_than_paid',
      '',
      {
        expected: amountTold({ minor: held, currency }),
        found: amountTold({ minor: money.forfeited, currency }),
      },
      kept.map(({ event }) => event.eventId),
    ),
  ];
}

/** A refund of the same amount after it, or nothing owed any more, explains a failed one. */
function failed(view: SubjectView): readonly Finding[] {
  if (view.effective('RefundFailed').length === 0) return [];
  if (ownCredits(view).length > 0 && owedMinor(view) <= 0n) return [];
  return refundsOf(view)
    .filter(({ state }) => state === 'failed')
    .map(({ key, amount, eventIds }) =>
      findingOf('refund_failed', key, { amount: amountTold(amount) }, eventIds),
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
      { amount: amountTold({ minor: owed, currency: orderMoneyOf(view).currency }) },
      credits.map(({ event }) => event.eventId),
    ),
  ];
}

function refundIds(view: SubjectView): readonly string[] {
  return ownApplications(view, 'RefundIssued').map(({ effective }) => effective.event.eventId);
}
