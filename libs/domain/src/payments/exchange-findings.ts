import { type Finding, findingOf } from '../findings/finding.js';
import { moneyWords } from '../findings/money-words.js';
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
    const agreed = moneyWords(difference.minor, difference.currency);
    const paid = moneyWords(settledDifference.minor, settledDifference.currency);
    if (agreed === paid) return [];
    return [
      findingOf(
        'exchange_not_balanced',
        exchange.exchange,
        `The exchange was settled by ${paid}, and ${agreed} had been agreed.`,
        [opened, settled].flatMap((milestone) => milestone?.eventId ?? []),
      ),
    ];
  });
}
