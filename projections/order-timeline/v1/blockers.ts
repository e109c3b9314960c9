import { openHolds, reviewOf, type SubjectView } from '#domain';
import type { MoneyPicture } from './money-picture.js';
import { openStatuses, type OrderStatus, unsentStatuses } from './status.js';
import type { PreparedGoods } from './preparation.js';

/**
 * What keeps an order from going on, the most pressing first: the first one that holds says who has
 * the next move.
 */
export const blockers = [
  'dispute_open',
  'order_missing',
  'fraud_confirmed',
  'fraud_review',
  'on_hold',
  'check_failed',
  'authorization_expired',
  'authorization_failed',
  'payment_missing',
  'stock_unfillable',
  'backordered',
  'inquiry_open',
  'exception_open',
  'refund_failed',
  'refund_owed',
] as const;

export type Blocker = (typeof blockers)[number];

/** What the blockers of an order are judged by. */
export interface BlockerEvidence {
  readonly view: SubjectView;
  readonly attached: ReadonlySet<string>;
  readonly status: OrderStatus;
  readonly isCaptured: boolean;
  readonly money: MoneyPicture;
  readonly goods: PreparedGoods;
  /** Units of goods lines that are neither reserved nor handed over nor cancelled. */
  readonly unreserved: number;
}

/** Tells of each blocker whether it holds; the compiler asks for one that is new. */
const holds: Readonly<Record<Blocker, (evidence: BlockerEvidence) => boolean>> = {
  dispute_open: ({ money }) => money.disputes.some(({ state }) => state === 'open'),
  order_missing: ({ isCaptured }) => !isCaptured,
  fraud_confirmed: ({ view, status }) =>
    isOpen(status) && reviewOf(view).fraud.standing === 'confirmed',
  fraud_review: ({ view, status }) =>
    isUnsent(status) && reviewOf(view).fraud.standing === 'requested',
  on_hold: ({ view, status }) => isUnsent(status) && openHolds(view).length > 0,
  check_failed: ({ view, status }) =>
    isUnsent(status) && reviewOf(view).verdicts.some(({ passed }) => !passed),
  authorization_expired: ({ view, status, money }) =>
    isUnpaid(status, money) && view.effective('PaymentAuthorizationExpired').length > 0,
  authorization_failed: ({ view, status, money }) =>
    isUnpaid(status, money) && view.effective('PaymentAuthorizationFailed').length > 0,
  payment_missing: ({ status, money }) => isUnpaid(status, money),
  stock_unfillable: ({ view, status, unreserved }) =>
    isUnsent(status) && unreserved > 0 && isUnfillable(view),
  backordered: ({ status, goods }) => isUnsent(status) && goods.backorders.length > 0,
  inquiry_open: ({ money }) => money.disputes.some(({ state }) => state === 'inquiry'),
  exception_open: ({ view, attached }) => openExceptions(view, attached).length > 0,
  refund_failed: ({ status, money }) =>
    refundOwed(status, money) > 0n &&
    money.refunds.some(({ state }) => state === 'failed' || state === 'reversed'),
  refund_owed: ({ status, money }) => refundOwed(status, money) > 0n,
};

export function blockersOf(evidence: BlockerEvidence): readonly Blocker[] {
  return blockers.filter((blocker) => holds[blocker](evidence));
}

function isOpen(status: OrderStatus): boolean {
  return openStatuses.includes(status) || status === 'unknown';
}

function isUnsent(status: OrderStatus): boolean {
  return unsentStatuses.includes(status);
}

function isUnpaid(status: OrderStatus, { openAuthorization, captured }: MoneyPicture): boolean {
  return isUnsent(status) && openAuthorization <= 0n && captured === 0n;
}

/** What was granted, or paid for an order that was cancelled, and has not gone back. */
export function refundOwed(status: OrderStatus, money: MoneyPicture): bigint {
  const paid = money.tenders
    .filter(({ currency }) => currency === money.currency)
    .reduce(
      (sum, { captured, refunded, disputed }) => sum + captured - refunded - disputed,
      -money.kept,
    );
  const owed = status === 'cancelled' ? paid : money.owed;
  return owed > 0n ? owed : 0n;
}

function isUnfillable(view: SubjectView): boolean {
  return view
    .effective('StockReservationUnfillable')
    .some(({ event: { data } }) => data.order === undefined || view.orders.has(data.order));
}

/** The exceptions about the order that nobody has resolved. */
export function openExceptions(view: SubjectView, attached: ReadonlySet<string>) {
  const raised = view.effective('ExceptionRaised');
  if (raised.length === 0) return [];
  const resolved = new Set(view.effective('ExceptionResolved').map(({ event }) => event.leaf));
  return raised.filter(
    ({ event, resolved: { home } }) => attached.has(home) && !resolved.has(event.leaf),
  );
}
