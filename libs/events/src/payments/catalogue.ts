import { paymentAuthorized } from './payment-authorized.js';
import { paymentCaptured } from './payment-captured.js';
import { refundIssued } from './refund-issued.js';

/** The events of a payment. */
export const paymentEvents = {
  PaymentAuthorized: paymentAuthorized,
  PaymentCaptured: paymentCaptured,
  RefundIssued: refundIssued,
} as const;
