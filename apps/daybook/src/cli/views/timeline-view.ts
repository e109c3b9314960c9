import { formatMoney } from '#kernel';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type { TimelineAnswer, TimelineItem } from '../../http/orders/get-timeline.query.js';
import { asOfLines } from './as-of-view.js';
import { noticeLines } from './parked-view.js';
import { tableLines } from './table.js';

/** An order in words: what it is, its lines, what is odd, and all that happened. */
export function timelineView(order: OrderAnswer, timeline: TimelineAnswer): readonly string[] {
  return [
    ...asOfLines(timeline),
    ...noticeLines(timeline.parked),
    ...headerLines(order),
    ...erasureLines(timeline),
    '',
    ...lineTable(order),
    ...findingLines(order),
    '',
    ...tableLines(
      [
        { heading: 'when (UTC)' },
        { heading: 'what' },
        { heading: 'told by' },
        { heading: 'counts' },
      ],
      timeline.items.map((entry) => [
        whenOf(entry),
        entry.words,
        entry.kind === 'decision' ? 'decided' : entry.account,
        entry.standing === 'effective' ? '' : entry.standing,
      ]),
    ),
  ];
}

function headerLines(order: OrderAnswer): readonly string[] {
  const amounts = [
    ['ordered', order.orderedMinor],
    ['authorised', order.authorizedMinor],
    ['captured', order.capturedMinor],
    ['credited', order.creditedMinor],
    ['refunded', order.refundedMinor],
  ] as const;
  const told = amounts
    .filter(([, minor], index) => index === 0 || minor !== '0')
    .map(([name, minor]) => `${name} ${amountOf(minor, order.currency)}`);
  const dates = [
    ...(order.promised === null ? [] : [`promised for ${order.promised}`]),
    ...(order.deliveredAt === null ? [] : [`delivered ${readable(order.deliveredAt)}`]),
  ];
  return [
    `${order.leaf}: ${order.status.replaceAll('_', ' ')}, next: ${order.nextOwner.replaceAll('_', ' ')}`,
    [...told, ...dates].join(', '),
    ...(order.blockedBy.length === 0 ? [] : [`blocked by ${order.blockedBy.join(', ')}`]),
    ...(order.aliasOf === null ? [] : [`the same order as ${order.aliasOf}`]),
  ];
}

function erasureLines({ erasure }: TimelineAnswer): readonly string[] {
  if (erasure === null) return [];
  if (erasure.stage === 'completed') return ['erased: a person of this order was forgotten'];
  const until = erasure.until === null ? '' : ` until ${erasure.until}`;
  return [`erasure pending${until}: add no personal notes`];
}

function amountOf(minor: string, currency: string | null): string {
  return currency === null ? `${minor} minor units` : formatMoney(BigInt(minor), currency);
}

function lineTable({ lines, currency }: OrderAnswer): readonly string[] {
  if (lines.length === 0) return ['No lines are known.'];
  const right = { align: 'right' } as const;
  return tableLines(
    [
      { heading: 'line' },
      { heading: 'item' },
      { heading: 'ordered', ...right },
      { heading: 'cancelled', ...right },
      { heading: 'dispatched', ...right },
      { heading: 'delivered', ...right },
      { heading: 'returned', ...right },
      { heading: 'gross', ...right },
      { heading: 'discount', ...right },
      { heading: 'tax', ...right },
    ],
    lines.map((line) => [
      line.line,
      line.sku ?? line.kind,
      line.ordered,
      line.cancelled,
      line.dispatched,
      line.delivered,
      line.returned,
      amountOf(line.grossMinor, currency),
      amountOf(line.discountMinor, currency),
      amountOf(line.taxMinor, currency),
    ]),
  );
}

function findingLines({ findings }: OrderAnswer): readonly string[] {
  if (findings.items.length === 0) return [];
  return [
    '',
    ...tableLines(
      [{ heading: 'finding' }, { heading: 'for' }, { heading: 'what is odd' }],
      findings.items.map(({ code, team, words }) => [code, team.replaceAll('_', ' '), words]),
    ),
  ];
}

/** A time as exactly as it is known. */
function whenOf({ occurredAt, precision, notBefore, notAfter }: TimelineItem): string {
  if (occurredAt !== null) {
    const text = readable(occurredAt);
    return precision === 'minute' ? text.slice(0, 'YYYY-MM-DD HH:MM'.length) : text;
  }
  if (notBefore !== null) return `after ${readable(notBefore)}`;
  return notAfter === null ? 'unknown' : `before ${readable(notAfter)}`;
}

function readable(time: string): string {
  return time.slice(0, 'YYYY-MM-DD HH:MM:SS'.length).replace('T', ' ');
}
