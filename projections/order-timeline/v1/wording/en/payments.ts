import type { ContextWording } from '../event-wording.js';
import { byTender, money } from './phrases.js';

export const paymentWording: ContextWording<'payments'> = {
  PaymentAuthorized: {
    internal: ({ data }) => `Approved ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `${money(data.amount)} ${byTender(data.tender)} was approved`,
  },
  PaymentCaptured: {
    internal: ({ data }) => `Paid ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `You paid ${money(data.amount)} ${byTender(data.tender)}`,
  },
  RefundIssued: {
    internal: ({ data }) => `Refunded ${money(data.amount)} ${byTender(data.tender)}`,
    customer: ({ data }) => `We refunded ${money(data.amount)} ${byTender(data.tender)}`,
  },
};
