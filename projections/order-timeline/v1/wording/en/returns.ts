import type { ContextWording } from '../event-wording.js';
import { because, countOf } from './phrases.js';

export const returnWording: ContextWording<'returns'> = {
  ReturnReceived: {
    internal: ({ data }) =>
      `Took back ${data.qty} of ${data.sku} at ${data.node}${because(data.condition)}`,
    customer: ({ data }) => `We received ${countOf(data.qty, 'unit')} you sent back`,
  },
};
