import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { invoiceFindings, unattachedMemoFindings } from '../invoicing/invoice-findings.js';
import { settlementFindings } from '../settlements/settlement-findings.js';
import { isOrder, type SubjectView } from '../subject-view.js';
import { tillFindings } from '../tills/till-findings.js';
import { authorizationFindings } from './authorization-findings.js';
import { captureFindings } from './capture-findings.js';
import { disputeFindings } from './dispute-findings.js';
import { exchangeFindings } from './exchange-findings.js';
import { paidTotalFindings } from './paid-total-findings.js';
import { paymentApplications } from './payment-applications.js';
import { receivedValueFindings } from './received-value-findings.js';
import { refundFindings } from './refund-findings.js';

/** What is odd about the money under these homes: an order's with all its homes, or one home alone. */
export function paymentFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  const unapplied = unappliedFindings(view, homes);
  return isOrder(view.subject)
    ? [...unapplied, ...orderMoneyFindings(view, homes)]
    : [...unapplied, ...unattachedMemoFindings(view, homes), ...tillFindings(view, homes)];
}

function orderMoneyFindings(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  return [
    ...paidTotalFindings(view),
    ...captureFindings(view),
    ...authorizationFindings(view),
    ...refundFindings(view),
    ...receivedValueFindings(view, attached),
    ...disputeFindings(view),
    ...exchangeFindings(view, attached),
    ...invoiceFindings(view),
    ...settlementFindings(view, attached),
  ];
}

/** Money that came in or went back and belongs to no order that is known. */
function unappliedFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  return [
    ...paymentApplications(view, 'PaymentCaptured'),
    ...paymentApplications(view, 'RefundIssued'),
    ...paymentApplications(view, 'RefundReversed'),
  ]
    .filter(({ order, effective }) => order === null && homes.has(effective.resolved.home))
    .map(({ effective: { event }, minor }) =>
      findingOf(
        'payment_not_applied',
        event.eventId,
        { amount: amountTold({ minor, currency: event.data.amount.currency }) },
        [event.eventId],
      ),
    );
}
