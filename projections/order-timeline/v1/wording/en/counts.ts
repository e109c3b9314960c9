import { type ContextWording, notTold } from '../event-wording.js';
import { signed } from './phrases.js';

export const countWording: ContextWording<'counts'> = {
  CycleCountStarted: {
    internal: ({ data }) => `Count of ${data.sku} at ${data.node} began`,
    customer: notTold,
  },
  CycleCountRecorded: {
    internal: ({ data }) => `Counted ${data.counted} ${data.uom} of ${data.sku} at ${data.node}`,
    customer: notTold,
  },
  CountVarianceApproved: {
    internal: ({ data }) =>
      `Approved a difference of ${signed(data.delta)} ${data.uom} of ${data.sku} at ${data.node}`,
    customer: notTold,
  },
};
