import {
  type Effective,
  type OrderState,
  type PaymentApplication,
  paymentApplications,
  type SubjectView,
} from '#domain';
import type { EventOf } from '#events';

/** A payment's part of an order by tender, in minor units of `currency`. */
export interface TenderSplit {
  readonly payment: string;
  readonly tender: string;
  readonly currency: string;
  readonly authorized: bigint;
  readonly openAuthorization: bigint;
  readonly expiresAt: string | null;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly disputed: bigint;
  readonly settled: bigint;
}

export interface Refund {
  readonly key: string;
  readonly payment: string | null;
  readonly refund: string | null;
  readonly tender: string | null;
  readonly amount: { readonly minor: number; readonly currency: string };
  readonly state: string;
  readonly grantedAt: string | null;
  readonly approvedAt: string | null;
  readonly sentAt: string | null;
  readonly settledAt: string | null;
  readonly expectedAt: string | null;
  readonly reference: string | null;
}

export interface Dispute {
  readonly dispute: string;
  readonly evidenceDueAt: string | null;
  readonly doNotRefund: boolean;
}

/** The money of an order, in minor units of `currency`; amounts in others are left out. */
export interface OrderMoney {
  /** The order's currency, else that of its first amount, or null. */
  readonly currency: string | null;
  readonly authorized: bigint;
  /** Approved, and neither collected nor given back nor expired. */
  readonly openAuthorization: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly credited: bigint;
  readonly tenders: readonly TenderSplit[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  /** The parts of payment events the sums are made of. */
  readonly parts: PaymentParts;
}

export interface PaymentParts {
  readonly authorized: readonly PaymentApplication<'PaymentAuthorized'>[];
  readonly captured: readonly PaymentApplication<'PaymentCaptured'>[];
  readonly refunded: readonly PaymentApplication<'RefundIssued'>[];
  readonly credits: readonly Effective<'CreditGranted'>[];
}

export function orderMoneyOf(view: SubjectView, state: OrderState): OrderMoney {
  const parts: PaymentParts = {
    authorized: applied(view, 'PaymentAuthorized'),
    captured: applied(view, 'PaymentCaptured'),
    refunded: applied(view, 'RefundIssued'),
    credits: view.effective('CreditGranted').filter(({ event }) => view.orders.has(event.leaf)),
  };
  const currency = state.captured?.event.data.currency ?? firstCurrency(parts);
  const authorized = sumOf(parts.authorized, currency);
  return {
    currency,
    authorized,
    openAuthorization: authorized,
    captured: sumOf(parts.captured, currency),
    refunded: sumOf(parts.refunded, currency),
    credited: parts.credits
      .filter(({ event }) => event.data.currency === currency)
      .reduce((sum, { event }) => sum + creditTotal(event.data), 0n),
    tenders: [],
    refunds: [],
    disputes: [],
    parts,
  };
}

type SummedType = 'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued';

interface PaymentPart {
  readonly effective: { readonly event: EventOf<SummedType> };
  readonly minor: bigint;
}

function applied<Type extends SummedType>(
  view: SubjectView,
  type: Type,
): readonly PaymentApplication<Type>[] {
  return paymentApplications(view, type).filter(
    ({ order }) => order !== null && view.orders.has(order),
  );
}

function sumOf(parts: readonly PaymentPart[], currency: string | null): bigint {
  return parts
    .filter(({ effective }) => effective.event.data.amount.currency === currency)
    .reduce((sum, { minor }) => sum + minor, 0n);
}

/** The currency of an order that is only known by its money. */
function firstCurrency({ authorized, captured, refunded, credits }: PaymentParts): string | null {
  const [payment]: readonly PaymentPart[] = [...authorized, ...captured, ...refunded];
  const [credit] = credits;
  return payment?.effective.event.data.amount.currency ?? credit?.event.data.currency ?? null;
}

function creditTotal({ lines, fee }: Effective<'CreditGranted'>['event']['data']): bigint {
  return lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    -BigInt(fee?.minor ?? 0),
  );
}
