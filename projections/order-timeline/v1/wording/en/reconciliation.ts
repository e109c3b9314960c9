import { type ContextWording, notTold } from '../event-wording.js';
import { inWords, money } from './phrases.js';

export const reconciliationWording: ContextWording<'reconciliation'> = {
  ReconciliationMatched: {
    internal: ({ data }) => `Compared ${inWords(data.comparison)}: both say ${money(data.found)}`,
    customer: notTold,
  },
  ReconciliationBreakFound: {
    internal: ({ data }) =>
      `Compared ${inWords(data.comparison)}: ${money(data.expected)} against ${money(data.found)}, ${inWords(data.type)}`,
    customer: notTold,
  },
  BreakResolved: {
    internal: ({ data }) => `Cleared up a difference: ${inWords(data.resolution)}`,
    customer: notTold,
  },
};
