import type { EventData, EventOf } from '#events';
import { memoizeByObject } from '#kernel';
import { orderStateOf, orderTotalMinor } from '../orders/order-state.js';
import { type Effective, ofOrder, type SubjectView } from '../subject-view.js';
import { ownApplications, type PaymentEventType } from './payment-applications.js';

/** What an order's money comes to, in minor units of its currency; amounts in others are left out. */
export interface OrderMoney {
  /** The order's, else that of its first amount, or null where no amount is known. */
  readonly currency: string | null;
  /** What the customer owes for the order as its lines stand. */
  readonly total: bigint;
  readonly captured: bigint;
  /** What went back and did not come back again. */
  readonly refunded: bigint;
  /** What disputes took and did not give back, without fees. */
  readonly disputed: bigint;
  /** What was granted to the customer. */
  readonly credited: bigint;
  /** What was moved to or from other orders, such as an exchange: positive where it went away. */
  readonly transferred: bigint;
  /** What of a deposit is kept although the order was cancelled. */
  readonly forfeited: bigint;
}

interface PaymentPart {
  readonly effective: { readonly event: EventOf<PaymentEventType> };
  readonly minor: bigint;
}

/** The money of the view's orders. */
export const orderMoneyOf = memoizeByObject((view: SubjectView): OrderMoney => {
  const state = orderStateOf(view);
  const currency = state.captured?.event.data.currency ?? firstCurrency(view);
  const sum = (applications: readonly PaymentPart[]) => sumIn(currency, applications);
  return {
    currency,
    total: orderTotalMinor(state),
    captured: sum(ownApplications(view, 'PaymentCaptured')),
    refunded:
      sum(ownApplications(view, 'RefundIssued')) - sum(ownApplications(view, 'RefundReversed')),
    disputed:
      sum(ownApplications(view, 'DisputeFundsWithdrawn')) -
      sum(ownApplications(view, 'DisputeFundsReinstated')),
    credited: ownCredits(view)
      .filter(({ event }) => event.data.currency === currency)
      .reduce((total, { event }) => total + creditMinor(event.data), 0n),
    transferred: transferredMinor(view, currency),
    forfeited: ofOrder(view, 'DepositForfeited')
      .filter(({ event }) => event.data.amount.currency === currency)
      .reduce((total, { event }) => total + BigInt(event.data.amount.minor), 0n),
  };
});

function firstCurrency(view: SubjectView): string | null {
  const [payment] = [
    ...ownApplications(view, 'PaymentAuthorized'),
    ...ownApplications(view, 'PaymentCaptured'),
    ...ownApplications(view, 'RefundIssued'),
  ];
  const [credit] = ownCredits(view);
  return payment?.effective.event.data.amount.currency ?? credit?.event.data.currency ?? null;
}

/** The effective credits of the view's orders, in order of occurrence. */
export function ownCredits(view: SubjectView): readonly Effective<'CreditGranted'>[] {
  return ofOrder(view, 'CreditGranted');
}

/** What a credit comes to: its lines with their tax, less what is kept back. */
export function creditMinor({ lines, fee }: EventData<'CreditGranted'>): bigint {
  return lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    -BigInt(fee?.minor ?? 0),
  );
}

/** A balance below zero is owed to the customer: moved away, it is credit that needs no refund. */
function transferredMinor(view: SubjectView, currency: string | null): bigint {
  return view
    .effective('ContractBalanceTransferred')
    .filter(({ event }) => event.data.balance.currency === currency)
    .reduce((sum, { event: { leaf, data } }) => {
      const away = view.orders.has(leaf) ? -BigInt(data.balance.minor) : 0n;
      const here = view.orders.has(data.toOrder) ? -BigInt(data.balance.minor) : 0n;
      return sum + away - here;
    }, 0n);
}

function sumIn(currency: string | null, applications: readonly PaymentPart[]): bigint {
  return applications
    .filter(({ effective }) => effective.event.data.amount.currency === currency)
    .reduce((sum, { minor }) => sum + minor, 0n);
}
