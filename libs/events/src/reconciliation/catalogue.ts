import { breakResolved } from './break-resolved.js';
import { reconciliationBreakFound } from './reconciliation-break-found.js';
import { reconciliationMatched } from './reconciliation-matched.js';

/** The events of comparing systems with one another. */
export const reconciliationEvents = {
  ReconciliationMatched: reconciliationMatched,
  ReconciliationBreakFound: reconciliationBreakFound,
  BreakResolved: breakResolved,
} as const;
