import { formatMoney } from '#kernel';
import type { FindingCounts } from '../../http/orders/count-findings.query.js';
import type { ListedOrder } from '../../http/orders/list-orders.query.js';
import type { Orphan } from '../../../../../projections/order-timeline/v1/list-queries.js';
import type { OrderHeader } from '../../../../../projections/order-timeline/v1/queries.js';
import type { FoundSubject } from '../../../../../projections/order-timeline/v1/search-queries.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;

/** An order whose capture is missing is an order all the same: another list holds it. */
const nothingOrphaned =
  'Nothing is without an order. Orders that are named and not captured yet: daybook orders --blocked-by order_missing';

/** Orders of a list by currency, the dearest first, with what each comes to together. */
export function ordersView(orders: readonly ListedOrder[]): readonly string[] {
  if (orders.length === 0) return ['No orders.'];
  return [
    ...tableLines(
      [
        { heading: 'order' },
        { heading: 'value', ...right },
        { heading: 'status' },
        { heading: 'next' },
        { heading: 'promised' },
        { heading: 'blocked by' },
        { heading: 'at risk' },
      ],
      orders.flatMap((order, place) => {
        const isNextCurrency = place > 0 && orders[place - 1]?.currency !== order.currency;
        return isNextCurrency ? [[], orderRow(order)] : [orderRow(order)];
      }),
    ),
    '',
    `${countedInOrder(orders)}: ${totals(orders).join(', ')}`,
  ];
}

function countedInOrder(orders: readonly ListedOrder[]): string {
  if (orders.length === 1) return '1 order';
  const isOfOneCurrency = new Set(orders.map(({ currency }) => currency)).size === 1;
  const ranking = isOfOneCurrency ? 'the dearest first' : 'by currency, the dearest first';
  return `${formatCount(orders.length)} orders, ${ranking}`;
}

function orderRow(order: ListedOrder): readonly string[] {
  return [
    order.leaf,
    valueOf(order),
    order.status.replaceAll('_', ' '),
    order.nextOwner.replaceAll('_', ' '),
    order.promised ?? '',
    order.blockedBy.join(', '),
    order.risks.map(({ risk }) => risk).join(', '),
  ];
}

export function orphansView(orphans: readonly Orphan[]): readonly string[] {
  if (orphans.length === 0) return [nothingOrphaned];
  return tableLines(
    [
      { heading: 'belongs to no order' },
      { heading: 'events', ...right },
      { heading: 'what' },
      { heading: 'told by' },
      { heading: 'recorded' },
    ],
    orphans.map(({ subject, entries, types, accounts, firstRecordedAt }) => [
      subject,
      entries,
      types.join(', '),
      accounts.join(', '),
      firstRecordedAt.slice(0, 'YYYY-MM-DD'.length),
    ]),
  );
}

export function findingCountsView({ items }: FindingCounts): readonly string[] {
  if (items.length === 0) return ['Nothing is odd.'];
  return tableLines(
    [
      { heading: 'finding' },
      { heading: 'severity' },
      { heading: 'for' },
      { heading: 'count', ...right },
      { heading: 'orders', ...right },
    ],
    items.map(({ code, severity, team, count, orders }) => [
      code,
      severity,
      team.replaceAll('_', ' '),
      formatCount(count),
      formatCount(orders),
    ]),
  );
}

export function searchView(text: string, found: readonly FoundSubject[]): readonly string[] {
  if (found.length === 0) return [`Nothing is known by ${text}.`];
  return tableLines(
    [
      { heading: 'found' },
      { heading: 'by' },
      { heading: 'value', ...right },
      { heading: 'status' },
      { heading: 'next' },
    ],
    found.map(({ subject, matched, header }) => [
      subject,
      matched.join(', ').replaceAll('_', ' '),
      header === null ? '' : valueOf(header),
      header === null ? 'no order is known' : header.status.replaceAll('_', ' '),
      header === null ? '' : header.nextOwner.replaceAll('_', ' '),
    ]),
  );
}

function valueOf({ orderedMinor, currency }: OrderHeader): string {
  return currency === null ? orderedMinor : formatMoney(BigInt(orderedMinor), currency);
}

function totals(orders: readonly ListedOrder[]): readonly string[] {
  const sums = new Map<string, bigint>();
  for (const { currency, orderedMinor } of orders) {
    if (currency === null) continue;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(orderedMinor));
  }
  return [...sums].map(([currency, minor]) => formatMoney(minor, currency));
}
