import {
  creditMinor,
  type Dispute,
  disputesOf,
  type Effective,
  orderMoneyOf,
  type OrderState,
  ownApplications,
  ownCredits,
  owedMinor,
  type PaymentApplication,
  type Refund,
  refundsOf,
  type SubjectView,
  type TenderSplit,
  tendersOf,
} from '#domain';
import type { EventOf } from '#events';

/** What the timeline tells of an order's money, in minor units of `currency`; others are left out. */
export interface MoneyPicture {
  /** The order's currency, else that of its first amount, or null. */
  readonly currency: string | null;
  readonly authorized: bigint;
  /** Approved, and neither collected nor given back nor expired. */
  readonly openAuthorization: bigint;
  readonly captured: bigint;
  /** What went back and did not come back again. */
  readonly refunded: bigint;
  readonly credited: bigint;
  /** Granted, and neither refunded, nor taken by a dispute, nor moved to another order. */
  readonly owed: bigint;
  /** What of the paid a late cancellation forfeited, or another order got. */
  readonly kept: bigint;
  readonly tenders: readonly TenderSplit[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  /** The parts of payment events that findings are judged by. */
  readonly parts: PaymentParts;
}

export interface PaymentParts {
  readonly authorized: readonly PaymentApplication<'PaymentAuthorized'>[];
  readonly captured: readonly PaymentApplication<'PaymentCaptured'>[];
  readonly refunded: readonly PaymentApplication<'RefundIssued'>[];
  readonly credits: readonly Effective<'CreditGranted'>[];
}

export function moneyPictureOf(view: SubjectView, state: OrderState): MoneyPicture {
  const parts: PaymentParts = {
    authorized: ownApplications(view, 'PaymentAuthorized'),
    captured: ownApplications(view, 'PaymentCaptured'),
    refunded: ownApplications(view, 'RefundIssued'),
    credits: ownCredits(view),
  };
  const currency = state.captured?.event.data.currency ?? firstCurrency(parts);
  const tenders = tendersOf(view);
  const { forfeited, transferred } = orderMoneyOf(view);
  const sum = (field: 'authorized' | 'openAuthorization' | 'captured' | 'refunded'): bigint => {
    let total = 0n;
    for (const split of tenders) if (split.currency === currency) total += split[field];
    return total;
  };
  return {
    currency,
    authorized: sum('authorized'),
    openAuthorization: sum('openAuthorization'),
    captured: sum('captured'),
    refunded: sum('refunded'),
    credited: creditedMinor(parts.credits, currency),
    owed: owedMinor(view),
    kept: forfeited + transferred,
    tenders,
    refunds: refundsOf(view),
    disputes: disputesOf(view),
    parts,
  };
}

function creditedMinor(credits: PaymentParts['credits'], currency: string | null): bigint {
  let total = 0n;
  for (const { event } of credits) {
    if (event.data.currency === currency) total += creditMinor(event.data);
  }
  return total;
}

interface PaymentPart {
  readonly effective: {
    readonly event: EventOf<'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued'>;
  };
}

/** The currency of an order that is only known by its money. */
function firstCurrency({ authorized, captured, refunded, credits }: PaymentParts): string | null {
  const [payment]: readonly PaymentPart[] = [...authorized, ...captured, ...refunded];
  const [credit] = credits;
  return payment?.effective.event.data.amount.currency ?? credit?.event.data.currency ?? null;
}
