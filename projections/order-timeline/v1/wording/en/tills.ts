import type { EventOf } from '#events';
import { formatMoney } from '#kernel';
import { type ContextWording, notTold } from '../event-wording.js';
import { becauseOf, inWords, money } from './phrases.js';

function closedWords({ data }: EventOf<'TillClosed'>): string {
  const differing = data.counts.filter(({ expected, counted }) => expected.minor !== counted.minor);
  const differences = differing.map(({ tender, expected, counted }) => {
    const difference = BigInt(counted.minor) - BigInt(expected.minor);
    const amount = formatMoney(difference < 0n ? -difference : difference, counted.currency);
    return `${inWords(tender)} ${difference < 0n ? 'short' : 'over'} by ${amount}`;
  });
  const result = differences.length === 0 ? 'all as expected' : differences.join(', ');
  return `Closed register ${data.register} of ${data.node}: ${result}`;
}

export const tillWording: ContextWording<'tills'> = {
  TillOpened: {
    internal: ({ data }) =>
      `Opened register ${data.register} of ${data.node} with ${money(data.float)}`,
    customer: notTold,
  },
  TillClosed: { internal: closedWords, customer: notTold },
  CashDeposited: {
    internal: ({ data }) => `Handed ${money(data.amount)} of ${data.node} in to the bank`,
    customer: notTold,
  },
  PosVoided: {
    internal: ({ data }) =>
      `Called off ${money(data.amount)} at register ${data.register} of ${data.node}${becauseOf(data.reason)}`,
    customer: ({ data }) => `${money(data.amount)} was called off at the till`,
  },
};
