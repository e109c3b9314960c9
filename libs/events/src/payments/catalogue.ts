import { disputeClosedByRefund } from './dispute-closed-by-refund.js';
import { disputeEvidenceDue } from './dispute-evidence-due.js';
import { disputeFundsReinstated } from './dispute-funds-reinstated.js';
import { disputeFundsWithdrawn } from './dispute-funds-withdrawn.js';
import { disputeLost } from './dispute-lost.js';
import { disputeOpened } from './dispute-opened.js';
import { disputeWon } from './dispute-won.js';
import { paymentAuthorizationExpired } from './payment-authorization-expired.js';
import { paymentAuthorizationFailed } from './payment-authorization-failed.js';
import { paymentAuthorizationReleased } from './payment-authorization-released.js';
import { paymentAuthorized } from './payment-authorized.js';
import { paymentCaptureFailed } from './payment-capture-failed.js';
import { paymentCaptured } from './payment-captured.js';
import { paymentVoided } from './payment-voided.js';
import { refundApproved } from './refund-approved.js';
import { refundFailed } from './refund-failed.js';
import { refundIssued } from './refund-issued.js';
import { refundRejected } from './refund-rejected.js';
import { refundRequested } from './refund-requested.js';
import { refundReversed } from './refund-reversed.js';
import { secondChargebackReceived } from './second-chargeback-received.js';

/** The events of a payment. */
export const paymentEvents = {
  PaymentAuthorized: paymentAuthorized,
  PaymentAuthorizationFailed: paymentAuthorizationFailed,
  PaymentAuthorizationExpired: paymentAuthorizationExpired,
  PaymentAuthorizationReleased: paymentAuthorizationReleased,
  PaymentVoided: paymentVoided,
  PaymentCaptured: paymentCaptured,
  PaymentCaptureFailed: paymentCaptureFailed,
  RefundRequested: refundRequested,
  RefundApproved: refundApproved,
  RefundRejected: refundRejected,
  RefundIssued: refundIssued,
  RefundFailed: refundFailed,
  RefundReversed: refundReversed,
  DisputeOpened: disputeOpened,
  DisputeEvidenceDue: disputeEvidenceDue,
  DisputeFundsWithdrawn: disputeFundsWithdrawn,
  DisputeFundsReinstated: disputeFundsReinstated,
  DisputeWon: disputeWon,
  DisputeLost: disputeLost,
  DisputeClosedByRefund: disputeClosedByRefund,
  SecondChargebackReceived: secondChargebackReceived,
} as const;
