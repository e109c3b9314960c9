import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { SubjectView } from '../subject-view.js';
import { type Dispute, disputesOf } from './disputes.js';
import { type Refund, refundsOf } from './refunds.js';

/** Refunds of money that a customer's bank takes back as well; what is won or given back explains them. */
export function disputeFindings(view: SubjectView): readonly Finding[] {
  const disputes = disputesOf(view).filter(({ doNotRefund }) => doNotRefund);
  if (disputes.length === 0) return [];
  const sent = refundsOf(view).filter(({ state }) => state === 'sent' || state === 'settled');
  return disputes.flatMap((dispute) => {
    const refunds = sent.filter(({ payment }) => payment === dispute.payment);
    const later = refunds.filter((refund) => isLater(refund, dispute));
    const earlier = refunds.filter((refund) => !later.includes(refund));
    return [
      ...finding('refunded_while_disputed', dispute, later),
      ...finding('disputed_after_refund', dispute, earlier),
    ];
  });
}

function finding(
  code: 'refunded_while_disputed' | 'disputed_after_refund',
  dispute: Dispute,
  refunds: readonly Refund[],
): readonly Finding[] {
  if (refunds.length === 0) return [];
  const minor = refunds.reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n);
  const facts = {
    amount: amountTold({ minor, currency: dispute.currency }),
    isLost: dispute.state === 'lost',
    evidenceDueAt: dispute.evidenceDueAt,
  };
  const eventIds = [...dispute.eventIds, ...refunds.flatMap((refund) => refund.eventIds)];
  return [findingOf(code, `${dispute.payment} ${dispute.dispute}`, facts, eventIds)];
}

function isLater({ sentAt }: Refund, { openedAt }: Dispute): boolean {
  return sentAt !== null && openedAt !== null && sentAt > openedAt;
}
