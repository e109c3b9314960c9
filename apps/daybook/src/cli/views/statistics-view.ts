import { formatMoney } from '#kernel';
import type { StatisticsAnswer } from '../../http/statistics/get-statistics.query.js';
import { standingLines } from './parked-view.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;

/** What the ledger holds, counted. */
export function statisticsView(statistics: StatisticsAnswer): readonly string[] {
  const { eventsByType, ordersByStatus, findingsByCode, payments, entries } = statistics;
  return [
    ...countTable('events', eventsByType),
    '',
    ...countTable('orders', ordersByStatus),
    '',
    ...tableLines(
      [{ heading: 'payments' }, { heading: 'count', ...right }, { heading: 'captured', ...right }],
      payments.map(({ tender, count, minor, currency }) => [
        tender,
        formatCount(count),
        formatMoney(BigInt(minor), currency),
      ]),
    ),
    '',
    ...tableLines(
      [{ heading: 'entries' }, { heading: 'waits for' }, { heading: 'count', ...right }],
      entries.map(({ status, reason, count }) => [status, reason ?? '', formatCount(count)]),
    ),
    '',
    ...countTable('findings', findingsByCode),
    '',
    ...tableLines(
      [{ heading: 'goods' }, { heading: 'count', ...right }],
      [
        ['order lines', formatCount(statistics.orderLines)],
        ['units', formatCount(statistics.items)],
      ],
    ),
    '',
    ...standingLines(statistics.sequence, statistics.parked),
  ];
}

function countTable(heading: string, counts: Readonly<Record<string, string>>): readonly string[] {
  const rows = Object.entries(counts).map(([name, count]) => [name, formatCount(count)]);
  return tableLines([{ heading }, { heading: 'count', ...right }], rows);
}
