import type { Finding } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { approvalFindings } from './approval-findings.js';
import { openDifferenceFindings } from './open-differences.js';

/** What was done without leave, and what nobody settled: an order's with all its homes, or one home alone. */
export function oversightFindings(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly Finding[] {
  return [...approvalFindings(view, homes), ...openDifferenceFindings(view, homes)];
}
