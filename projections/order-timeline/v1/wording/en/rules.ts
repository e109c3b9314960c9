import { type ContextWording, notTold } from '../event-wording.js';
import { inWords } from './phrases.js';

function bookOf({ book, subledger }: { book: string; subledger?: string }): string {
  return subledger === undefined ? book : `${book} ${subledger}`;
}

export const ruleWording: ContextWording<'rules'> = {
  RuleSetProposed: {
    internal: ({ data }) => `${data.proposedBy} proposed ${data.name} ${data.ruleSetVersion}`,
    customer: notTold,
  },
  RuleSetApproved: {
    internal: ({ data }) => `${data.approvedBy} approved ${data.name} ${data.ruleSetVersion}`,
    customer: notTold,
  },
  RuleSetActivated: {
    internal: ({ data }) =>
      `${data.name} ${data.ruleSetVersion} is in force from ${data.validFrom}`,
    customer: notTold,
  },
  PeriodClosed: {
    internal: ({ data }) => `Closed ${data.period} of ${data.legalEntity}: ${bookOf(data)}`,
    customer: notTold,
  },
  PeriodReopened: {
    internal: ({ data }) =>
      `Reopened ${data.period} of ${data.legalEntity}: ${bookOf(data)}, ${inWords(data.reason)}`,
    customer: notTold,
  },
  ManualEntryApproved: {
    internal: ({ data }) =>
      `${data.approvedBy} approved an entry of ${data.lines.length} lines: ${inWords(data.reason)}`,
    customer: notTold,
  },
};
