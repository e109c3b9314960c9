import type { FactsOfMoney } from '#domain';
import type { FindingWording } from '../finding-wording.js';
import { doneInWords } from './done-by-approval.js';
import { adviceOn, amountOf } from './finding-phrases.js';

export const findingsAboutMoney: FindingWording<FactsOfMoney> = {
  payments_differ_from_order: ({ expected, found }) =>
    `Payments sum to ${amountOf(found)}, the order to ${amountOf(expected)}.`,
  refund_exceeds_capture: ({ expected, found }) =>
    `${amountOf(found)} went back, ${amountOf(expected)} came in.`,
  refund_without_credit: () => 'Money went back that nobody granted.',
  payment_not_applied: ({ amount }) => `${amountOf(amount)} belongs to no known order.`,
  captured_twice: ({ amount, times, overpaid }) =>
    `${amountOf(amount)} came in ${times} times, and the order is overpaid by ${amountOf(overpaid)}.`,
  captured_after_void: () => 'Money came in although its authorization had been called off.',
  captured_after_expiry: () => 'Money came in although its authorization had expired.',
  captured_above_authorization: ({ expected, found }) =>
    `${amountOf(found)} came in, ${amountOf(expected)} had been authorized.`,
  authorization_expired_before_dispatch: (facts) =>
    'until' in facts
      ? `Goods left after ${facts.until}, until when their money could be captured.`
      : `An authorization of ${amountOf(facts.amount)} expired before the goods left, and nothing else covers them.`,
  authorization_expires_while_held: ({ hold, holdType, until }) =>
    `The hold ${hold} (${holdType}) outlasts the authorization, which expires on ${until}.`,
  refund_above_received_value: ({ expected, found, units }) =>
    `${amountOf(found)} is for returned goods; the ${units} units received are worth ${amountOf(expected)}.`,
  refunded_while_disputed: (facts) =>
    `${amountOf(facts.amount)} went back while a dispute was open. ${adviceOn(facts)}`,
  disputed_after_refund: (facts) =>
    `${amountOf(facts.amount)} had gone back before it was disputed. ${adviceOn(facts)}`,
  refund_rejected_yet_sent: () => 'A refund was rejected, and the money went back.',
  forfeited_more_than_paid: ({ expected, found }) =>
    `${amountOf(found)} is kept of a deposit, and ${amountOf(expected)} is there.`,
  refund_failed: ({ amount }) => `A refund of ${amountOf(amount)} failed and was not sent again.`,
  refund_ahead_of_erp: ({ expected, found }) =>
    `${amountOf(found)} went back to the customer, the ERP credited ${amountOf(expected)}.`,
  credit_without_refund: ({ amount }) =>
    `The customer waits for ${amountOf(amount)} that was granted and has not gone back.`,
  exchange_not_balanced: ({ expected, found }) =>
    `The exchange was settled by ${amountOf(found)}, and ${amountOf(expected)} had been agreed.`,
  invoiced_twice: ({ names }) => `${names.join(' and ')} invoice one shipment or pickup.`,
  invoice_differs_from_performance: ({ expected, found }) =>
    `${amountOf(found)} was invoiced for what is worth ${amountOf(expected)}.`,
  credit_memo_without_order: ({ amount }) =>
    `${amountOf(amount)} was credited; no order and no invoice is named.`,
  document_lines_untied: ({ leaf, untied, lines, orders }) =>
    `${untied} of the ${lines} lines of ${leaf} belong to none of the ${orders} orders it names.`,
  supplier_invoice_mismatched: ({ expected, found, difference }) =>
    `A supplier asks for ${amountOf(found)}, and ${amountOf(expected)} was to be paid: ${difference}.`,
  erp_posting_rejected: ({ leaf, attempt, reason }) =>
    `The ERP refused attempt ${attempt} of ${leaf}: ${reason}.`,
  posted_twice: ({ leaf, times }) => `The ERP has ${times} documents of ${leaf}.`,
  reconciliation_break_open: ({ expected, found }) =>
    `${amountOf(expected)} on one side is ${amountOf(found)} on the other.`,
  approval_missing: ({ leaf, types, isDenied }) =>
    `${doneInWords(types)} by ${leaf}, which ${isDenied ? 'was denied' : 'nobody granted'}.`,
  approval_exceeded: ({ leaf, expected, found }) =>
    `${amountOf(found)} was done by ${leaf}, which was asked for ${amountOf(expected)}.`,
  approved_by_requester: ({ leaf }) => `${leaf} was granted by who asked for it.`,
  settlement_differs_from_payment: ({ expected, found }) =>
    `A payout settles ${amountOf(found)}, the payment says ${amountOf(expected)}.`,
  settled_movement_unknown: ({ name }) => `A payout settles ${name}, which no source reports.`,
  gift_card_overdrawn: ({ redeemed, issued, refunded, expired }) =>
    `The card paid ${amountOf(redeemed)}; ${amountOf(issued)} were issued, ${amountOf(refunded)} put back, ${amountOf(expired)} lapsed.`,
  till_over_or_short: ({ tender, expected, found }) => {
    const minor = BigInt(found.minor) - BigInt(expected.minor);
    const off = { minor: String(minor < 0n ? -minor : minor), currency: found.currency };
    const way = minor > 0n ? 'over' : 'short';
    return `${amountOf(off)} in ${tender} are ${way}: ${amountOf(found)} counted, ${amountOf(expected)} expected.`;
  },
};
