import type { EventOf } from '#events';
import type { ContextWording } from '../event-wording.js';
import { disputeWording } from './disputes.js';
import { becauseOf, byTender, inWords, money } from './phrases.js';

function requestWords({ data }: EventOf<'RefundRequested'>): string {
  return `Asked for ${money(data.amount)} to go back for ${inWords(data.basis)}${becauseOf(data.reason)}`;
}

export const paymentWording: ContextWording<'payments'> = {
  ...disputeWording,
  PaymentAuthorized: {
    internal: ({ data }) => `Approved ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `${money(data.amount)} ${byTender(data.tender)} was approved`,
  },
  PaymentAuthorizationFailed: {
    internal: ({ data }) =>
      `Did not get ${money(data.amount)} approved ${byTender(data.tender)}${becauseOf(data.reason)}`,
    customer: ({ data }) => `${money(data.amount)} ${byTender(data.tender)} was not approved`,
  },
  PaymentAuthorizationExpired: {
    internal: ({ data }) => `Approval of ${money(data.amount)} lapsed`,
    customer: ({ data }) => `${money(data.amount)} is no longer held for us`,
  },
  PaymentAuthorizationReleased: {
    internal: ({ data }) =>
      `Gave back ${money(data.amount)} of what was approved${becauseOf(data.reason)}`,
    customer: ({ data }) => `Hold of ${money(data.amount)} released; your bank may take some days`,
  },
  PaymentVoided: {
    internal: ({ data }) =>
      `Called off the approval of ${money(data.amount)}${becauseOf(data.reason)}`,
    customer: ({ data }) => `Hold of ${money(data.amount)} released; your bank may take some days`,
  },
  PaymentCaptured: {
    internal: ({ data }) => `Paid ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `You paid ${money(data.amount)} ${byTender(data.tender)}`,
  },
  PaymentCaptureFailed: {
    internal: ({ data }) =>
      `Could not collect ${money(data.amount)} ${byTender(data.tender)}${becauseOf(data.reason)}`,
    customer: ({ data }) => `${money(data.amount)} ${byTender(data.tender)} could not be collected`,
  },
  RefundRequested: {
    internal: requestWords,
    customer: ({ data }) => `A refund of ${money(data.amount)} was asked for`,
  },
  RefundApproved: {
    internal: ({ data }) => `Approved a refund of ${money(data.amount)}`,
    customer: ({ data }) => `Your refund of ${money(data.amount)} was approved`,
  },
  RefundRejected: {
    internal: ({ data }) =>
      `Rejected a refund${data.amount === undefined ? '' : ` of ${money(data.amount)}`}${becauseOf(data.reason)}`,
    customer: () => 'Your refund was not approved',
  },
  RefundIssued: {
    internal: ({ data }) => `Refunded ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `We refunded ${money(data.amount)} ${byTender(data.tender)}`,
  },
  RefundFailed: {
    internal: ({ data }) =>
      `Could not send a refund of ${money(data.amount)} ${byTender(data.tender)}${becauseOf(data.reason)}`,
    customer: ({ data }) => `Your refund of ${money(data.amount)} could not be sent`,
  },
  RefundReversed: {
    internal: ({ data }) =>
      `A refund of ${money(data.amount)} ${byTender(data.tender)} came back${becauseOf(data.reason)}`,
    customer: ({ data }) => `Your refund of ${money(data.amount)} came back to us`,
  },
};
