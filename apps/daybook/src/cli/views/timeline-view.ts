import { formatMoney } from '#kernel';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type {
  CustomerTimelineAnswer,
  TimelineAnswer,
} from '../../http/orders/get-timeline.query.js';
import { asOfLines } from './as-of-view.js';
import { moneyLines } from './order-money-view.js';
import { noticeLines } from './parked-view.js';
import { tableLines } from './table.js';
import { readable, whenOf } from './when.js';

/** An order in words: what it is, its lines, what is odd, and all that happened. */
export function timelineView(order: OrderAnswer, timeline: TimelineAnswer): readonly string[] {
  return [
    ...orderLines(order, timeline),
    '',
    ...eventTable(
      timeline,
      ['what', 'told by', 'counts'],
      timeline.items.map((item) => [
        whenOf(item),
        `${item.words}${foldedWords(item)}`,
        item.kind === 'decision' ? 'decided' : tellers(item),
        item.standing === 'effective' ? '' : item.standing,
      ]),
    ),
  ];
}

/** An order as a customer may be told it: nothing of systems, findings and witnesses. */
export function customerTimelineView(
  order: OrderAnswer,
  timeline: CustomerTimelineAnswer,
): readonly string[] {
  return [
    ...asOfLines(timeline),
    order.told.customer,
    '',
    ...eventTable(
      timeline,
      ['what'],
      timeline.items.map((item) => [whenOf(item), item.words]),
    ),
  ];
}

/** What happened, or in words that there is nothing of it: a heading above no rows looks broken. */
function eventTable(
  { zone }: Pick<TimelineAnswer, 'zone'>,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return ['There is nothing to show.'];
  return tableLines(
    [`when (${zone})`, ...headings].map((heading) => ({ heading })),
    rows,
  );
}

/** What is known of an order before what happened to it. */
export function orderLines(
  order: OrderAnswer,
  timeline: Pick<TimelineAnswer, 'parked' | 'erasure' | 'asOf'>,
): readonly string[] {
  return [
    ...asOfLines(timeline),
    ...noticeLines(timeline.parked),
    ...headerLines(order),
    ...erasureLines(timeline),
    '',
    ...lineTable(order),
    ...moneyLines(order),
    ...findingLines(order),
  ];
}

type Item = TimelineAnswer['items'][number];

/** Who says it: the one that is believed, and how many others say the same. */
function tellers({ account, under }: Item): string {
  const others = new Set(
    under
      .filter(({ standing }) => standing === 'corroborates')
      .map((witness) => witness.account)
      .filter((name) => name !== account),
  );
  return others.size === 0 ? account : `${account}, ${[...others].sort().join(', ')}`;
}

/** How much else is told under a line, besides what others say of the same. */
function foldedWords({ type, under }: Item): string {
  const count = (standing: string) => under.filter((one) => one.standing === standing).length;
  const repeats = under.filter((one) => one.standing === 'effective' && one.type === type).length;
  const told = [
    ...(repeats === 0 ? [] : [`the last of ${repeats + 1}`]),
    ...(count('superseded') === 0 ? [] : [`${count('superseded')} replaced`]),
    ...(count('annulled') === 0 ? [] : [`${count('annulled')} annulled`]),
  ];
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

function headerLines(order: OrderAnswer): readonly string[] {
  const amounts = [
    ['ordered', order.orderedMinor],
    ['approved', order.authorizedMinor],
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
    `agent: ${order.told.agent}`,
    `customer: ${order.told.customer}`,
    ...(order.blockedBy.length === 0 ? [] : [`blocked by ${order.blockedBy.join(', ')}`]),
    ...(order.risks.length === 0
      ? []
      : [`at risk: ${order.risks.map(({ risk, dueAt }) => `${risk} ${dueAt}`).join(', ')}`]),
    ...(order.lastContactSequence === null
      ? []
      : [`last contact at sequence ${order.lastContactSequence}`]),
    ...(order.aliasOf === null ? [] : [`the same order as ${order.aliasOf}`]),
  ];
}

function erasureLines({ erasure }: Pick<TimelineAnswer, 'erasure'>): readonly string[] {
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
      { heading: 'where its units are' },
      { heading: 'gross', ...right },
      { heading: 'discount', ...right },
      { heading: 'tax', ...right },
    ],
    lines.map((line) => [
      line.line,
      line.sku ?? line.kind,
      line.ordered,
      // What is no goods is nowhere: it goes with them.
      line.kind === 'goods' ? whereabouts(line.units) : '',
      amountOf(line.grossMinor, currency),
      amountOf(line.discountMinor, currency),
      amountOf(line.taxMinor, currency),
    ]),
  );
}

function whereabouts(units: OrderAnswer['lines'][number]['units']): string {
  return units.map(({ state, qty }) => `${qty} ${state.replaceAll('_', ' ')}`).join(', ');
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
