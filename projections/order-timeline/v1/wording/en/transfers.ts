import { type ContextWording, notTold } from '../event-wording.js';
import { dayOf, quantityOf } from './phrases.js';

export const transferWording: ContextWording<'transfers'> = {
  TransferRequested: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom)} of ${data.sku} ${data.qty === 1 ? 'is' : 'are'} to go from ${data.from} to ${data.to}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: ({ data }) =>
      data.order === undefined
        ? null
        : `An item of your order comes from another place${data.expectedAt === undefined ? '' : ` and is expected there ${dayOf(data.expectedAt)}`}`,
  },
  TransferShipped: {
    internal: ({ data }) =>
      `Sent ${quantityOf(data.qty, data.uom)} of ${data.sku}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: notTold,
  },
  TransferReceived: {
    internal: ({ data }) =>
      `Took in ${quantityOf(data.qty, data.uom)} of ${data.sku}${data.expected === undefined || data.expected === data.qty ? '' : ` of ${data.expected}`}`,
    customer: notTold,
  },
  TransferVarianceResolved: {
    internal: ({ data }) =>
      `Settled what was missing of ${data.sku}: ${data.found} found, ${data.lost} lost, ${data.misshipped} sent elsewhere`,
    customer: notTold,
  },
};
