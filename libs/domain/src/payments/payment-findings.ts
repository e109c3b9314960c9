import { type Finding, findingOf } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { paymentApplications } from './payment-applications.js';

/** Money that came in or went back under one of these homes and belongs to no order that is known. */
export function paymentFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  return [
    ...paymentApplications(view, 'PaymentCaptured'),
    ...paymentApplications(view, 'RefundIssued'),
  ]
    .filter(({ order, effective }) => order === null && homes.has(effective.resolved.home))
    .map(({ effective: { event }, minor }) =>
      findingOf(
        'payment_not_applied',
        event.eventId,
        `${minor} minor units of ${event.data.amount.currency} belong to no known order.`,
        [event.eventId],
      ),
    );
}
