import { objectPartsOf } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { inWords, money } from './phrases.js';

export const settlementWording: ContextWording<'settlements'> = {
  SettlementLineReported: {
    internal: (event) => {
      const { gross, fee, tax, net, type } = event.data;
      const kept = [
        fee.minor === 0 ? [] : `fee ${money(fee)}`,
        tax.minor === 0 ? [] : `tax ${money(tax)}`,
      ];
      const parts = [`${inWords(type)} ${money(gross)}`, ...kept.flat(), `net ${money(net)}`];
      return `In payout ${objectPartsOf(event.leaf, event)[1] ?? event.leaf}: ${parts.join(', ')}`;
    },
    customer: notTold,
  },
  PayoutReceived: {
    internal: ({ data }) => `Payout ${data.payout} of ${money(data.amount)} reached the bank`,
    customer: notTold,
  },
};
