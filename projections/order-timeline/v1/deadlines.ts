import type { SubjectView } from '#domain';
import { openExceptions } from './blockers.js';
import type { Clock } from './next-step.js';
import type { MoneyPicture } from './money-picture.js';
import { isWaiting, type PreparedGoods } from './preparation.js';
import { openStatuses, type OrderStatus, unsentStatuses } from './status.js';

/**
 * What is due by when: days or instants as their sources wrote them, null where nothing is. Whether
 * one is broken or at risk is told when it is read, by the clock of then.
 */
export type Deadlines = Readonly<Record<Exclude<Clock, 'none'>, string | null>>;

/** What the deadlines of an order are read from. */
export interface DeadlineEvidence {
  readonly view: SubjectView;
  readonly attached: ReadonlySet<string>;
  readonly status: OrderStatus;
  readonly promised: string | null;
  readonly money: MoneyPicture;
  readonly goods: PreparedGoods;
}

/** The earliest of each kind that still matters. */
export function deadlinesOf(evidence: DeadlineEvidence): Deadlines {
  const { view, attached, status, promised, money, goods } = evidence;
  const isUnsent = unsentStatuses.includes(status);
  return {
    promise: openStatuses.includes(status) ? promised : null,
    pick_due: isUnsent ? earliest(pickDates(goods)) : null,
    pickup_expiry: isUnsent
      ? earliest(goods.pickups.filter(isWaiting).map(({ expiresAt }) => expiresAt))
      : null,
    authorization_expiry: isUnsent
      ? earliest(
          money.tenders
            .filter(({ openAuthorization }) => openAuthorization > 0n)
            .map(({ expiresAt }) => expiresAt),
        )
      : null,
    stock_expected: isUnsent
      ? earliest(goods.backorders.map(({ backorder }) => backorder.event.data.expectedAt))
      : null,
    refund_expected: earliest(
      money.refunds.filter(({ state }) => state === 'sent').map(({ expectedAt }) => expectedAt),
    ),
    evidence_due: earliest(
      money.disputes
        .filter(({ state }) => state === 'open' || state === 'inquiry')
        .map(({ evidenceDueAt }) => evidenceDueAt),
    ),
    exception_due: earliest(openExceptions(view, attached).map(({ event }) => event.data.dueAt)),
  };
}

/** Until its units are picked, a fulfilment or a pickup is due. */
function pickDates({ fulfilments, pickups }: PreparedGoods): readonly (string | null)[] {
  const open = fulfilments.filter(({ state }) =>
    ['requested', 'accepted', 'picking'].includes(state),
  );
  return [
    ...open.map(({ pickDueAt }) => pickDueAt),
    ...pickups.filter(({ state }) => state === 'requested').map(({ dueAt }) => dueAt),
  ];
}

/** The least as text, which is the earliest of days and of instants in UTC. */
function earliest(dates: readonly (string | null | undefined)[]): string | null {
  let first: string | null = null;
  for (const date of dates) {
    if (date !== null && date !== undefined && (first === null || date < first)) first = date;
  }
  return first;
}
