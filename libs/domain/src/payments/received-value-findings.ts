import type { EventOf } from '#events';
import { cumulativeShare } from '#kernel';
import { approvalOf } from '../oversight/approvals.js';
import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { LineUnits } from '../orders/line-units.js';
import { receivedAmounts } from '../orders/line-amounts.js';
import { orderStateOf } from '../orders/order-state.js';
import type { SubjectView } from '../subject-view.js';
import { creditMinor, orderMoneyOf, ownCredits } from './order-money.js';
import { type RefundChain, refundChainsOf } from './refund-chains.js';

/**
 * What goes back for returned goods beyond the value of the units that were received, unless an
 * approval that was granted names it. A minor unit a line is rounding.
 */
export function receivedValueFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (ownCredits(view).length === 0 && view.effective('RefundRequested').length === 0) return [];
  const returned = returnedMoney(view);
  if (returned.minor === 0n) return [];
  const { lines } = orderStateOf(view);
  const { value, units, receipts } = receivedValue(view, attached, lines);
  if (returned.minor <= value + BigInt(lines.length)) return [];
  if (returned.allowing.some((event) => isGranted(view, event))) return [];
  const { currency } = orderMoneyOf(view);
  return [
    findingOf(
      'refund_above_received_value',
      '',
      {
        expected: amountTold({ minor: value, currency }),
        found: amountTold({ minor: returned.minor, currency }),
        units,
      },
      [...returned.eventIds, ...receipts],
    ),
  ];
}

interface ReturnedMoney {
  readonly minor: bigint;
  /** What may name an approval. */
  readonly allowing: readonly EventOf<'CreditGranted' | 'RefundApproved'>[];
  readonly eventIds: readonly string[];
}

/** Credits and refunds tell of the same money, so that the greater of their sums counts. */
function returnedMoney(view: SubjectView): ReturnedMoney {
  const { currency } = orderMoneyOf(view);
  const credits = ownCredits(view).filter(
    ({ event: { data } }) => data.basis === 'return' && data.currency === currency,
  );
  const memos = new Set(credits.map(({ event }) => event.data.creditMemo));
  const chains = refundChainsOf(view).filter(
    (chain) => chain.currency === currency && isOfReturn(chain, memos) && isAlive(chain),
  );
  const granted = credits.reduce((sum, { event }) => sum + creditMinor(event.data), 0n);
  const refunded = chains.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    minor: granted > refunded ? granted : refunded,
    allowing: [
      ...credits.map(({ event }) => event),
      ...chains.flatMap(({ approval }) => approval?.event ?? []),
    ],
    eventIds: [
      ...credits.map(({ event }) => event.eventId),
      ...chains.flatMap(({ request, issued }) => (issued ?? request)?.event.eventId ?? []),
    ],
  };
}

function isOfReturn({ request, creditMemo }: RefundChain, memos: ReadonlySet<string>): boolean {
  return request?.event.data.basis === 'return' || (creditMemo !== null && memos.has(creditMemo));
}

function isAlive({ rejection, failed, reversed, issued }: RefundChain): boolean {
  return reversed === undefined && (issued !== undefined || (rejection ?? failed) === undefined);
}

interface ReceivedValue {
  readonly value: bigint;
  readonly units: number;
  readonly receipts: readonly string[];
}

function receivedValue(
  view: SubjectView,
  attached: ReadonlySet<string>,
  lines: readonly LineUnits[],
): ReceivedValue {
  const received = new Map<string, number>();
  const receipts: string[] = [];
  for (const { event, resolved } of view.effective('ReturnReceived')) {
    const { order, orderLine, sku, qty } = event.data;
    if (!attached.has(resolved.home) || (order !== undefined && !view.orders.has(order))) continue;
    const line =
      lines.find((units) => units.line.line === orderLine) ??
      lines.find((units) => units.line.sku === sku);
    if (line === undefined) continue;
    receipts.push(event.eventId);
    received.set(line.line.line, (received.get(line.line.line) ?? 0) + qty);
  }
  let value = 0n;
  let units = 0;
  for (const { line, ordered } of lines) {
    const qty = Math.min(received.get(line.line) ?? 0, ordered);
    if (qty === 0) continue;
    units += qty;
    value += cumulativeShare(soldFor(line), BigInt(qty), BigInt(ordered));
  }
  return { value, units, receipts };
}

function soldFor(line: LineUnits['line']): bigint {
  const { goods, giftCards, shipping, discount, tax, shippingTax } = receivedAmounts(line);
  const minor = goods + giftCards + shipping + tax + shippingTax - discount;
  return minor < 0n ? 0n : minor;
}

function isGranted(view: SubjectView, event: EventOf<'CreditGranted' | 'RefundApproved'>): boolean {
  return (approvalOf(view, event)?.grants.length ?? 0) > 0;
}
