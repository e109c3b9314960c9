import { formatMoney } from '#kernel';
import type { TrialBalanceAnswer } from '../../http/books/get-trial-balance.query.js';
import { asOfLines } from './as-of-view.js';
import { standingLines } from './parked-view.js';
import { tableLines } from './table.js';

const right = { align: 'right' } as const;

/** Debit, credit and balance by account, with a total for each legal entity and currency. */
export function trialBalanceView(answer: TrialBalanceAnswer): readonly string[] {
  const { sequence, parked } = answer;
  return [...asOfLines(answer), ...balanceLines(answer), ...standingLines(sequence, parked)];
}

function balanceLines({ items, totals }: TrialBalanceAnswer): readonly string[] {
  if (totals.length === 0) return ['Nothing is posted.'];
  return tableLines(
    [
      { heading: 'legal entity' },
      { heading: 'account' },
      { heading: 'debit', ...right },
      { heading: 'credit', ...right },
      { heading: 'balance', ...right },
    ],
    totals.flatMap((total) => [
      ...items
        .filter(
          ({ legalEntity, currency }) =>
            legalEntity === total.legalEntity && currency === total.currency,
        )
        .map((balance) => rowOf(balance.account, balance)),
      rowOf('total', total),
    ]),
  );
}

type Sums = Pick<
  TrialBalanceAnswer['totals'][number],
  'legalEntity' | 'currency' | 'debitMinor' | 'creditMinor'
>;

function rowOf(account: string, sums: Sums): readonly string[] {
  const { legalEntity, currency } = sums;
  const [debit, credit] = [BigInt(sums.debitMinor), BigInt(sums.creditMinor)];
  return [
    legalEntity,
    account,
    formatMoney(debit, currency),
    formatMoney(credit, currency),
    formatMoney(debit - credit, currency),
  ];
}
