import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { exchangesOf } from '../returns/exchanges.js';
import type { SubjectView } from '../subject-view.js';

/** Exchanges that were settled by another difference than was agreed. */
export function exchangeFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (view.effective('ExchangeSettled').length === 0) return [];
  return exchangesOf(view, attached).flatMap((exchange) => {
    const { difference, settledDifference, opened, settled } = exchange;
    if (difference === null || settledDifference === null) return [];
    const isAgreed =
      difference.minor === settledDifference.minor &&
      difference.currency === settledDifference.currency;
    if (isAgreed) return [];
    return [
      findingOf(
        'exchange_not_balanced',
        exchange.exchange,
        { expected: amountTold(difference), found: amountTold(settledDifference) },
        [opened, settled].flatMap((milestone) => milestone?.eventId ?? []),
      ),
    ];
  });
}
