import { type ContextWording, notTold } from '../event-wording.js';
import { becauseOf, inWords, money } from './phrases.js';

/** What carriers pay is the retailer's: the customer is told of the replacement or the refund. */
export const claimWording: ContextWording<'claims'> = {
  CarrierClaimFiled: {
    internal: ({ data }) =>
      `Claimed ${money(data.amount)} from the carrier: ${inWords(data.cause)}`,
    customer: notTold,
  },
  CarrierClaimAccepted: {
    internal: ({ data }) => `The carrier accepted a claim over ${money(data.amount)}`,
    customer: notTold,
  },
  CarrierClaimRejected: {
    internal: ({ data }) => `The carrier rejected the claim${becauseOf(data.reason)}`,
    customer: notTold,
  },
  CarrierClaimPaid: {
    internal: ({ data }) => `The carrier paid ${money(data.amount)} for the claim`,
    customer: notTold,
  },
};
