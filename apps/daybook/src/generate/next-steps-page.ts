import { blockers } from '../../../../projections/order-timeline/v1/blockers.js';
import { type NextStep, nextSteps } from '../../../../projections/order-timeline/v1/next-step.js';
import { orderStatuses } from '../../../../projections/order-timeline/v1/status.js';
import { code, page, table } from './markdown.js';

/** The one table of who acts next. */
export function nextStepsPage(): string {
  return page(
    '# Who acts next',
    'Generated from the table in `projections/order-timeline/v1/next-step.ts` by `npm run generate`. A row is a blocker, the most pressing first, and the first one that holds decides; a column is where the order is. Behind the owner stands the kind of date by which: the date itself is in the header of the order. An open exception is the move of the team it names, where that is an owner or a team of findings (`operations` is order management); of customer service else.',
    table(
      ['blocker', ...orderStatuses.map(code)],
      (['none', ...blockers] as const).map((blocker) => [
        blocker === 'none' ? 'none' : code(blocker),
        ...orderStatuses.map((status) => wordsOf(nextSteps[blocker][status])),
      ]),
    ),
  );
}

function wordsOf({ owner, clock }: NextStep): string {
  const words = owner.replaceAll('_', ' ');
  return clock === 'none' ? words : `${words}, ${clock.replaceAll('_', ' ')}`;
}
