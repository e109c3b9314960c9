import { formatMoney } from '#kernel';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import { tableLines } from './table.js';

const right = { align: 'right' } as const;

/** How an order is paid, what goes back, what it binds and how its promise moved; what there is. */
export function moneyLines(order: OrderAnswer): readonly string[] {
  return [
    ...promiseLines(order),
    ...tenderLines(order),
    ...refundLines(order),
    ...commitmentLines(order),
  ];
}

/** A promise that never moved stands in the header. */
function promiseLines({ promises }: OrderAnswer): readonly string[] {
  if (promises.length < 2) return [];
  return [
    '',
    ...tableLines(
      [
        { heading: 'promised' },
        { heading: 'before' },
        { heading: 'line' },
        { heading: 'why' },
        { heading: 'by' },
      ],
      promises.map(({ promised, before, line, cause, account }) => [
        promised,
        before ?? '',
        line ?? '',
        cause ?? '',
        account,
      ]),
    ),
  ];
}

function tenderLines({ tenders }: OrderAnswer): readonly string[] {
  if (tenders.length === 0) return [];
  return [
    '',
    ...tableLines(
      [
        { heading: 'tender' },
        { heading: 'payment' },
        { heading: 'approved', ...right },
        { heading: 'captured', ...right },
        { heading: 'refunded', ...right },
        { heading: 'disputed', ...right },
        { heading: 'paid out', ...right },
      ],
      tenders.map((split) => [
        split.tender.replaceAll('_', ' '),
        split.payment,
        ...[
          split.authorizedMinor,
          split.capturedMinor,
          split.refundedMinor,
          split.disputedMinor,
          split.settledMinor,
        ].map((minor) => formatMoney(BigInt(minor), split.currency)),
      ]),
    ),
  ];
}

function refundLines({ refunds }: OrderAnswer): readonly string[] {
  if (refunds.length === 0) return [];
  return [
    '',
    ...tableLines(
      [
        { heading: 'refund' },
        { heading: 'amount', ...right },
        { heading: 'to' },
        { heading: 'reference' },
        { heading: 'granted' },
        { heading: 'approved' },
        { heading: 'sent' },
        { heading: 'settled' },
        { heading: 'expected' },
      ],
      refunds.map((refund) => [
        refund.state,
        formatMoney(BigInt(refund.minor), refund.currency),
        refund.tender?.replaceAll('_', ' ') ?? '',
        refund.reference ?? '',
        ...[refund.grantedAt, refund.approvedAt, refund.sentAt, refund.settledAt].map(dayOf),
        dayOf(refund.expectedAt),
      ]),
    ),
  ];
}

function commitmentLines({ commitments }: OrderAnswer): readonly string[] {
  if (commitments.length === 0) return [];
  return [
    '',
    ...tableLines(
      [
        { heading: 'bound' },
        { heading: 'how much', ...right },
        { heading: 'where' },
        { heading: 'until' },
      ],
      commitments.map(({ kind, qty, minor, unit, place, line, dueAt }) => [
        kind === 'money_authorized' ? 'money approved' : kind.replaceAll('_', ' '),
        qty === '0' && unit !== null ? formatMoney(BigInt(minor), unit) : `${qty} ${unit ?? ''}`,
        [place, line === null ? null : `line ${line}`].filter((part) => part !== null).join(', '),
        dayOf(dueAt),
      ]),
    ),
  ];
}

function dayOf(time: string | null): string {
  return time?.slice(0, 'YYYY-MM-DD'.length) ?? '';
}
