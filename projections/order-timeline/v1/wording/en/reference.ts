import { type ContextWording, notTold } from '../event-wording.js';
import { inWords } from './phrases.js';

export const referenceWording: ContextWording<'reference'> = {
  LocationOpened: {
    internal: ({ data }) => `Opened ${inWords(data.kind)} ${data.node} of ${data.legalEntity}`,
    customer: notTold,
  },
  NodeCapacityReported: {
    internal: ({ data }) =>
      `${data.node} has ${data.used} of ${data.capacity} ${data.unit} taken for ${data.asOf}`,
    customer: notTold,
  },
  ExchangeRateSet: {
    internal: ({ data }) =>
      `1 ${data.from} is ${data.rate} ${data.to} (${data.kind}) from ${data.validFrom}`,
    customer: notTold,
  },
};
