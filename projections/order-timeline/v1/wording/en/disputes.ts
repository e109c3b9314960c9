import { type ContextWording, notTold } from '../event-wording.js';
import { becauseOf, dayOf, money } from './phrases.js';

type DisputeType =
  | 'DisputeOpened'
  | 'DisputeEvidenceDue'
  | 'DisputeFundsWithdrawn'
  | 'DisputeFundsReinstated'
  | 'DisputeWon'
  | 'DisputeLost'
  | 'DisputeClosedByRefund'
  | 'SecondChargebackReceived';

const feeWords = (fee: Parameters<typeof money>[0] | undefined): string =>
  fee === undefined ? '' : ` and a fee of ${money(fee)}`;

/** A dispute is between the customer's bank and the retailer: the bank tells the customer. */
export const disputeWording: Pick<ContextWording<'payments'>, DisputeType> = {
  DisputeOpened: {
    internal: ({ data }) =>
      `${data.kind === 'inquiry' ? 'Bank asks about' : 'Customer disputes'} ${money(data.amount)}${becauseOf(data.reason)}`,
    customer: notTold,
  },
  DisputeEvidenceDue: {
    internal: ({ data }) => `Evidence for the dispute is due by ${dayOf(data.dueAt)}`,
    customer: notTold,
  },
  DisputeFundsWithdrawn: {
    internal: ({ data }) =>
      `Provider withdrew ${money(data.amount)}${feeWords(data.fee)} for the dispute`,
    customer: notTold,
  },
  DisputeFundsReinstated: {
    internal: ({ data }) =>
      `Provider gave back ${money(data.amount)}${feeWords(data.fee)} of the dispute`,
    customer: notTold,
  },
  DisputeWon: {
    internal: ({ data }) => `Won the dispute${becauseOf(data.reason)}`,
    customer: notTold,
  },
  DisputeLost: {
    internal: ({ data }) => `Lost the dispute${becauseOf(data.reason)}`,
    customer: notTold,
  },
  DisputeClosedByRefund: {
    internal: () => 'The dispute ended with a refund',
    customer: notTold,
  },
  SecondChargebackReceived: {
    internal: ({ data }) =>
      `Customer disputes ${money(data.amount)} again${becauseOf(data.reason)}`,
    customer: notTold,
  },
};
