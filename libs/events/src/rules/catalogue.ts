import { manualEntryApproved } from './manual-entry-approved.js';
import { periodClosed } from './period-closed.js';
import { periodReopened } from './period-reopened.js';
import { ruleSetActivated } from './rule-set-activated.js';
import { ruleSetApproved } from './rule-set-approved.js';
import { ruleSetProposed } from './rule-set-proposed.js';

/** The events of rules, periods and what is entered by hand. */
export const ruleEvents = {
  RuleSetProposed: ruleSetProposed,
  RuleSetApproved: ruleSetApproved,
  RuleSetActivated: ruleSetActivated,
  PeriodClosed: periodClosed,
  PeriodReopened: periodReopened,
  ManualEntryApproved: manualEntryApproved,
} as const;
