import { type ContextWording, notTold } from '../event-wording.js';
import { changeOf, quantityOf } from './phrases.js';

export const countWording: ContextWording<'counts'> = {
  CycleCountStarted: {
    internal: ({ data }) => `Count of ${data.sku} at ${data.node} began`,
    customer: notTold,
  },
  CycleCountRecorded: {
    internal: ({ data }) =>
      `Counted ${quantityOf(data.counted, data.uom)} of ${data.sku} at ${data.node}`,
    customer: notTold,
  },
  CountVarianceApproved: {
    internal: ({ data }) =>
      `Approved a difference of ${changeOf(data.delta, data.uom)} of ${data.sku} at ${data.node}`,
    customer: notTold,
  },
};
