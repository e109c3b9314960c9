import {
  isReplacement,
  type OrderState,
  orderStateOf,
  ownCredits,
  performedAmounts,
  type PerformedAmounts,
  type PaymentApplication,
  type Performance,
  paymentApplications,
  type SubjectView,
} from '#domain';
import type { CreditGranted } from '#events';
import { accounts, clearingAccountOf, creditAccountOf } from './accounts.js';
import { credit, debit, type EntryDraft } from './entry.js';

/** The entries of one order: performance, tender in and out, and credits, all against its contract. */
export function orderEntries(view: SubjectView): readonly EntryDraft[] {
  if (view.aliasOf !== null) return [];
  const state = orderStateOf(view);
  return [
    ...revenueEntries(view, state),
    ...tenderEntries(view, state),
    ...creditEntries(view, state),
  ];
}

function debtorOf({ captured }: OrderState): string {
  const debtor = captured?.event.data.debtor;
  return debtor === undefined ? '' : `${debtor.kind} ${debtor.id}`;
}

function revenueEntries(view: SubjectView, state: OrderState): readonly EntryDraft[] {
  const { captured } = state;
  if (captured === undefined) {
    return state.performances.filter(isSale).map(({ event }) => ({
      event,
      rule: ruleByPerformance[event.type],
      contract: view.subject,
      legalEntity: null,
      currency: null,
      reason: 'order_missing',
      lines: [],
    }));
  }
  const unknown = new Set(state.unknownLines.map(({ performance }) => performance).filter(isSale));
  const performed = new Set(
    state.lines.flatMap((line) => line.performed.map(({ performance }) => performance)),
  );
  const { legalEntity, currency } = captured.event.data;
  return performedAmounts(state)
    .filter(({ performance }) => performed.has(performance) || unknown.has(performance))
    .map((amounts) => ({
      event: amounts.performance.event,
      rule: ruleByPerformance[amounts.performance.event.type],
      contract: view.subject,
      debtor: debtorOf(state),
      legalEntity,
      currency,
      ...(unknown.has(amounts.performance) ? { reason: 'order_line_missing' as const } : {}),
      lines: revenueLines(amounts),
    }));
}

const ruleByPerformance = {
  ShipmentDispatched: 'revenue_at_dispatch',
  PickupCompleted: 'revenue_at_pickup',
} as const;

/** What is sent in place of something else was sold already. */
function isSale(performance: Performance): boolean {
  return !isReplacement(performance);
}

function revenueLines({ goods, giftCards, discount, shipping, tax }: PerformedAmounts) {
  return [
    debit(accounts.contract, goods + giftCards + shipping + tax - discount),
    debit(accounts.discounts, discount),
    credit(accounts.revenue, goods),
    credit(accounts.giftCardLiability, giftCards),
    credit(accounts.shippingRevenue, shipping),
    credit(accounts.taxPayable, tax),
  ];
}

function tenderEntries(view: SubjectView, state: OrderState): readonly EntryDraft[] {
  const own = [
    ...paymentApplications(view, 'PaymentCaptured'),
    ...paymentApplications(view, 'RefundIssued'),
    ...paymentApplications(view, 'RefundReversed'),
  ].filter(({ order }) => order !== null && view.orders.has(order));
  return oneForEachEvent(own).map((application) => ({
    ...tenderEntry(application, view.subject),
    debtor: debtorOf(state),
    ...(state.captured === undefined ? { reason: 'order_missing' as const } : {}),
  }));
}

/** An event may name the order under several of its names: its parts are one part of the contract. */
function oneForEachEvent(applications: readonly TenderApplication[]): readonly TenderApplication[] {
  const merged = new Map<string, TenderApplication>();
  for (const application of applications) {
    const { eventId } = application.effective.event;
    const other = merged.get(eventId);
    merged.set(
      eventId,
      other ? { ...application, minor: other.minor + application.minor } : application,
    );
  }
  return [...merged.values()];
}

/** The part of a capture, a refund or a refund that came back which belongs to one contract. */
type TenderApplication = {
  readonly [Type in keyof typeof ruleByMovement]: PaymentApplication<Type>;
}[keyof typeof ruleByMovement];

const ruleByMovement = {
  PaymentCaptured: 'tender_in',
  RefundIssued: 'tender_out',
  RefundReversed: 'tender_back',
} as const;

/** Money in credits the contract, money out debits it; a refund that came back is money in again. */
export function tenderEntry(
  { effective: { event }, minor }: TenderApplication,
  contract: string,
): EntryDraft {
  const { tender, legalEntity, amount } = event.data;
  const clearing = clearingAccountOf(tender);
  const isOut = event.type === 'RefundIssued';
  return {
    event,
    rule: ruleByMovement[event.type],
    contract,
    legalEntity,
    currency: amount.currency,
    lines: isOut
      ? [debit(accounts.contract, minor), credit(clearing, minor)]
      : [debit(clearing, minor), credit(accounts.contract, minor)],
  };
}

function creditEntries(view: SubjectView, state: OrderState): readonly EntryDraft[] {
  return ownCredits(view).map(({ event }) => ({
    event,
    rule: 'credit_granted',
    contract: view.subject,
    debtor: debtorOf(state),
    legalEntity: event.data.legalEntity,
    currency: event.data.currency,
    ...(state.captured === undefined ? { reason: 'order_missing' as const } : {}),
    lines: creditLines(event.data),
  }));
}

function creditLines({ basis, lines, fee }: CreditGranted) {
  const net = lines.reduce((sum, line) => sum + BigInt(line.net.minor), 0n);
  const tax = lines.reduce((sum, line) => sum + BigInt(line.tax.minor), 0n);
  const kept = BigInt(fee?.minor ?? 0);
  return [
    debit(creditAccountOf(basis), net),
    debit(accounts.taxPayable, tax),
    credit(accounts.feeIncome, kept),
    credit(accounts.contract, net + tax - kept),
  ];
}
