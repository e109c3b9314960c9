import type { Comparison } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { inWords, money } from './phrases.js';

const comparisonWords: Readonly<Record<Comparison, string>> = {
  order_to_provider: 'order and provider',
  provider_to_bank: 'provider and bank',
  ledger_to_erp: 'ledger and ERP',
};

export const reconciliationWording: ContextWording<'reconciliation'> = {
  ReconciliationMatched: {
    internal: ({ data }) =>
      `Compared ${comparisonWords[data.comparison]}: both say ${money(data.found)}`,
    customer: notTold,
  },
  ReconciliationBreakFound: {
    internal: ({ data }) =>
      `Compared ${comparisonWords[data.comparison]}: ${money(data.expected)} against ${money(data.found)}, ${inWords(data.type)}`,
    customer: notTold,
  },
  BreakResolved: {
    internal: ({ data }) => `Cleared up a difference: ${inWords(data.resolution)}`,
    customer: notTold,
  },
};
