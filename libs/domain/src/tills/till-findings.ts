import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { SubjectView } from '../subject-view.js';
import { tillSessionsOf } from './till-sessions.js';

/** What was counted in the registers of the homes given more or less than they summed up. */
export function tillFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  if (view.effective('TillClosed').length === 0) return [];
  return tillSessionsOf(view, homes).flatMap(({ register, session, counts, eventIds }) =>
    counts
      .filter(({ expected, counted }) => expected.minor !== counted.minor)
      .map(({ tender, expected, counted }) =>
        findingOf(
          'till_over_or_short',
          `${register} ${session} ${tender}`,
          { tender, expected: amountTold(expected), found: amountTold(counted) },
          eventIds,
        ),
      ),
  );
}
