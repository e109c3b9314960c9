import { formatMoney } from '#kernel';
import type { Blocker } from '../../blockers.js';
import type { Clock, Owner } from '../../next-step.js';
import type { OrderHeader } from '../../queries.js';
import type { Risk, RiskKind } from '../../risks.js';
import type { OrderStatus } from '../../status.js';
import type { OrderTold, OrderWording } from '../order-wording.js';
import { dayOf, inWords } from './phrases.js';

type ToldStatus = OrderStatus | 'merged';

/** The words come from tables: a status, blocker, owner, clock or risk without any does not compile. */
const statusWords: Readonly<
  Record<ToldStatus, { readonly agent: string; readonly customer: string }>
> = {
  unknown: { agent: 'Nobody captured this order', customer: 'We are looking into your order' },
  captured: { agent: 'Nothing is sent yet', customer: 'We are preparing your order' },
  cancelled: { agent: 'Cancelled', customer: 'Your order is cancelled' },
  ready_for_pickup: {
    agent: 'Ready for pickup',
    customer: 'Your order is ready for you to collect',
  },
  partly_dispatched: { agent: 'Partly sent', customer: 'Part of your order is on its way' },
  dispatched: { agent: 'Sent', customer: 'Your order is on its way' },
  partly_delivered: { agent: 'Partly delivered', customer: 'Part of your order has arrived' },
  delivered: { agent: 'Delivered', customer: 'Your order has arrived' },
  returned: { agent: 'Returned', customer: 'Your order came back to us' },
  merged: {
    agent: 'Another name of an order',
    customer: 'Your order goes on under another number',
  },
};

const ownerWords: Readonly<Record<Owner, string>> = {
  nobody: 'nobody has to act',
  customer: 'the customer acts next',
  customer_service: 'customer service acts next',
  fraud_team: 'the fraud team acts next',
  finance: 'finance acts next',
  payment_service: 'the payment service acts next',
  order_management: 'order management acts next',
  inventory_planning: 'inventory planning acts next',
  warehouse: 'the warehouse acts next',
  store: 'the store acts next',
  carrier: 'the carrier acts next',
  integration: 'integration acts next',
};

/** The date of a clock in a header, and how it is told. */
const clocks: Readonly<
  Record<Exclude<Clock, 'none'>, readonly [(header: OrderHeader) => string | null, string]>
> = {
  promise: [({ promised }) => promised, 'promised for'],
  pick_due: [({ pickDueAt }) => pickDueAt, 'to be picked by'],
  pickup_expiry: [({ pickupExpiresAt }) => pickupExpiresAt, 'kept until'],
  authorization_expiry: [({ authorizationExpiresAt }) => authorizationExpiresAt, 'approved until'],
  stock_expected: [({ stockExpectedAt }) => stockExpectedAt, 'stock expected'],
  refund_expected: [({ refundExpectedAt }) => refundExpectedAt, 'refund expected'],
  evidence_due: [({ evidenceDueAt }) => evidenceDueAt, 'evidence due'],
  exception_due: [({ exceptionDueAt }) => exceptionDueAt, 'due'],
};

/** Those whose words say by when evidence is due, so that nothing else of the sentence does. */
const evidenceBlockers: readonly string[] = ['dispute_open', 'inquiry_open'] satisfies Blocker[];

const blockerWords: Readonly<Record<Blocker, (told: OrderTold) => string>> = {
  dispute_open: (told) => `A dispute is open: do NOT refund again${evidenceWords(told)}`,
  order_missing: () => 'The order itself was never received',
  fraud_confirmed: () => 'Fraud is confirmed',
  fraud_review: () => 'A fraud review is open',
  on_hold: () => 'It is on hold',
  check_failed: () => 'A check of the order failed',
  authorization_expired: () => 'The approval of the payment expired',
  authorization_failed: () => 'The payment was not approved',
  payment_missing: () => 'No payment is known',
  stock_unfillable: () => 'There is no stock to fill it',
  backordered: () => 'It waits for stock',
  inquiry_open: (told) => `The customer's bank asks about a payment${evidenceWords(told)}`,
  exception_open: () => 'An exception is open',
  refund_failed: () => 'A refund did not arrive',
  refund_owed: ({ header: { refundOwedMinor, currency } }) =>
    `A refund of ${currency === null ? `${refundOwedMinor} minor units` : formatMoney(BigInt(refundOwedMinor), currency)} is owed`,
};

function evidenceWords({ header: { evidenceDueAt }, risks }: OrderTold): string {
  if (evidenceDueAt === null) return '';
  const isOver = risks.some(({ risk }) => risk === 'evidence_overdue');
  return `; evidence ${isOver ? 'was due' : 'due'} ${dayOf(evidenceDueAt)}`;
}

const riskWords: Readonly<Record<RiskKind, (dueAt: string) => string>> = {
  promise_broken: (dueAt) => `The promise of ${dueAt} is broken`,
  promise_at_risk: (dueAt) => `The promise of ${dueAt} is at risk`,
  promise_missed: (dueAt) => `The promise of ${dueAt} was not kept`,
  pick_overdue: (dueAt) => `Picking was due ${dueAt}`,
  pick_due_soon: (dueAt) => `Picking is due ${dueAt}`,
  pickup_expired: (dueAt) => `The time to collect it ended ${dueAt}`,
  pickup_expires_soon: (dueAt) => `The time to collect it ends ${dueAt}`,
  authorization_expired: (dueAt) => `The approval of the payment ended ${dueAt}`,
  authorization_expires_soon: (dueAt) => `The approval of the payment ends ${dueAt}`,
  stock_overdue: (dueAt) => `Stock was expected ${dueAt}`,
  refund_overdue: (dueAt) => `The refund was expected ${dueAt}`,
  evidence_overdue: (dueAt) => `Evidence was due ${dueAt}`,
  evidence_due_soon: (dueAt) => `Evidence is due ${dueAt}`,
  exception_overdue: (dueAt) => `The exception was due ${dueAt}`,
};

export const orderSentences: OrderWording = { agent: agentSentence, customer: customerSentence };

function agentSentence(told: OrderTold): string {
  const { header, promises, risks } = told;
  if (header.aliasOf !== null) return `Another name of ${header.aliasOf}: see there.`;
  const status = statusWords[header.status as ToldStatus].agent;
  const [blocker] = header.blockedBy;
  const saysEvidence = blocker !== undefined && evidenceBlockers.includes(blocker);
  const risksToTell = risks.filter(
    ({ risk }) => !saysEvidence || (risk !== 'evidence_overdue' && risk !== 'evidence_due_soon'),
  );
  const parts = [
    `${status}; ${ownerWords[header.nextOwner as Owner]}${saysEvidence ? '' : byWhen(header)}`,
    ...(blocker === undefined ? [] : [blockerWords[blocker as Blocker](told)]),
    ...risksToTell.map(({ risk, dueAt }) => riskWords[risk](readable(dueAt))),
    ...movedPromise(promises),
  ];
  return parts.map((part) => `${part}.`).join(' ');
}

function byWhen(header: OrderHeader): string {
  if (header.nextDue === 'none') return '';
  const [dateOf, words] = clocks[header.nextDue as Exclude<Clock, 'none'>];
  const date = dateOf(header);
  return date === null ? '' : `, ${words} ${readable(date)}`;
}

/** How the promise changed last, and why. */
function movedPromise(promises: OrderTold['promises']): readonly string[] {
  const last = promises.at(-1);
  if (last === undefined || last.before === null) return [];
  const cause = last.cause === null ? '' : ` (${inWords(last.cause)})`;
  return [`Promised for ${readable(last.promised)} instead of ${readable(last.before)}${cause}`];
}

function customerSentence({ header, promises, risks }: OrderTold): string {
  const status = statusWords[header.status as ToldStatus].customer;
  const told = [status, ...expectation(header, risks)].join('; ');
  const parts = [told, ...changedPromise(promises), ...refundToCome(header)];
  return parts.map((part) => `${part}.`).join(' ');
}

function expectation(header: OrderHeader, risks: readonly Risk[]): readonly string[] {
  if (header.status === 'delivered' && header.deliveredAt !== null) {
    return [`it was delivered on ${dayOf(header.deliveredAt)}`];
  }
  if (header.status === 'ready_for_pickup') {
    const until = header.pickupExpiresAt;
    return until === null ? [] : [`we keep it for you until ${dayOf(until)}`];
  }
  const isOpen = ['captured', 'partly_dispatched', 'dispatched', 'partly_delivered'].includes(
    header.status,
  );
  if (!isOpen || header.promised === null) return [];
  return risks.some(({ risk }) => risk === 'promise_broken')
    ? [`it is later than the ${dayOf(header.promised)} we promised, and we are sorry for it`]
    : [`we expect it to arrive by ${dayOf(header.promised)}`];
}

function changedPromise(promises: OrderTold['promises']): readonly string[] {
  const before = promises.at(-1)?.before ?? null;
  return before === null ? [] : [`Before, we had promised ${dayOf(before)}`];
}

function refundToCome({ refundOwedMinor, currency, evidenceDueAt, blockedBy }: OrderHeader) {
  const isOwed = refundOwedMinor !== '0' && currency !== null && evidenceDueAt === null;
  if (!isOwed || blockedBy.includes('dispute_open')) return [];
  return [`${formatMoney(BigInt(refundOwedMinor), currency)} will be paid back to you`];
}

/** A day, or an instant to the minute in UTC. */
function readable(dayOrInstant: string): string {
  return dayOrInstant.length === 'YYYY-MM-DD'.length
    ? dayOrInstant
    : `${dayOrInstant.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')} UTC`;
}
