import { type Finding, findingOf } from '../findings/finding.js';
import { moneyWords } from '../findings/money-words.js';
import type { SubjectView } from '../subject-view.js';
import { tillSessionsOf } from './till-sessions.js';

/** What was counted in the registers of the homes given more or less than they summed up. */
export function tillFindings(view: SubjectView, homes: ReadonlySet<string>): readonly Finding[] {
  if (view.effective('TillClosed').length === 0) return [];
  return tillSessionsOf(view, homes).flatMap(({ register, session, counts, eventIds }) =>
    counts
      .filter(({ expected, counted }) => expected.minor !== counted.minor)
      .map(({ tender, expected, counted }) => {
        const difference = counted.minor - expected.minor;
        const money = (minor: number) => moneyWords(minor, counted.currency);
        return findingOf(
          'till_over_or_short',
          `${register} ${session} ${tender}`,
          `${money(Math.abs(difference))} in ${tender} are ${difference > 0 ? 'over' : 'short'}: ${money(counted.minor)} counted, ${money(expected.minor)} expected.`,
          eventIds,
        );
      }),
  );
}
