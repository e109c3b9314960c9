import type { ContextWording } from '../event-wording.js';
import { money, unitsOf } from './phrases.js';

export const exchangeWording: ContextWording<'exchanges'> = {
  ExchangeOpened: {
    internal: ({ data }) =>
      `Exchange for ${unitsOf(data.newLines)}${data.kind === 'advance' ? ', sent in advance' : ''}`,
    customer: ({ data }) => `Your exchange for ${unitsOf(data.newLines)} has begun`,
  },
  ExchangeSettled: {
    internal: ({ data }) =>
      `Exchange settled${data.difference.minor === 0 ? '' : ` with ${money(data.difference)}`}`,
    customer: () => 'Your exchange is complete',
  },
};
