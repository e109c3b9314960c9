import type { EventOf } from '#events';
import { memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import { type Part, PaymentTies } from './payment-ties.js';

/** The events that say how much of a payment is for which order. */
export type PaymentEventType =
  | 'PaymentAuthorized'
  | 'PaymentAuthorizationExpired'
  | 'PaymentAuthorizationReleased'
  | 'PaymentVoided'
  | 'PaymentCaptured'
  | 'PaymentCaptureFailed'
  | 'RefundRequested'
  | 'RefundApproved'
  | 'RefundIssued'
  | 'RefundFailed'
  | 'RefundReversed'
  | 'DisputeOpened'
  | 'DisputeFundsWithdrawn'
  | 'DisputeFundsReinstated'
  | 'SecondChargebackReceived';

/** A part of a payment event that belongs to one order, or to none that is known. */
export interface PaymentApplication<Type extends PaymentEventType = PaymentEventType> {
  readonly effective: Effective<Type>;
  /** The order's leaf as the facts name it, or null where the part is not applied. */
  readonly order: string | null;
  readonly minor: bigint;
}

/**
 * How the effective events of one type are spread over orders: by what the event says, else what
 * another witness of it says, else what ties say, else the payment's only order. Nothing is
 * guessed: the rest is not applied.
 */
export function paymentApplications<Type extends PaymentEventType>(
  view: SubjectView,
  type: Type,
): readonly PaymentApplication<Type>[] {
  return applicationsByType[type](view);
}

/** The parts that belong to the view's own orders, in order of occurrence. */
export function ownApplications<Type extends PaymentEventType>(
  view: SubjectView,
  type: Type,
): readonly PaymentApplication<Type>[] {
  return paymentApplications(view, type).filter(
    ({ order }) => order !== null && view.orders.has(order),
  );
}

/**
 * As {@link ownApplications}, one for each event: an event may name the order under several of its
 * names, and its parts are one part then.
 */
export function ownParts<Type extends PaymentEventType>(
  view: SubjectView,
  type: Type,
): readonly PaymentApplication<Type>[] {
  const parts = new Map<string, PaymentApplication<Type>>();
  for (const part of ownApplications(view, type)) {
    const { eventId } = part.effective.resolved.event;
    const other = parts.get(eventId);
    parts.set(eventId, other ? { ...part, minor: other.minor + part.minor } : part);
  }
  return [...parts.values()];
}

type ApplicationsByType = {
  readonly [Type in PaymentEventType]: (view: SubjectView) => readonly PaymentApplication<Type>[];
};

/** Several read models ask for the same applications of one view. */
const applicationsByType: ApplicationsByType = {
  PaymentAuthorized: spreadOnce('PaymentAuthorized'),
  PaymentAuthorizationExpired: spreadOnce('PaymentAuthorizationExpired'),
  PaymentAuthorizationReleased: spreadOnce('PaymentAuthorizationReleased'),
  PaymentVoided: spreadOnce('PaymentVoided'),
  PaymentCaptured: spreadOnce('PaymentCaptured'),
  PaymentCaptureFailed: spreadOnce('PaymentCaptureFailed'),
  RefundRequested: spreadOnce('RefundRequested'),
  RefundApproved: spreadOnce('RefundApproved'),
  RefundIssued: spreadOnce('RefundIssued'),
  RefundFailed: spreadOnce('RefundFailed'),
  RefundReversed: spreadOnce('RefundReversed'),
  DisputeOpened: spreadOnce('DisputeOpened'),
  DisputeFundsWithdrawn: spreadOnce('DisputeFundsWithdrawn'),
  DisputeFundsReinstated: spreadOnce('DisputeFundsReinstated'),
  SecondChargebackReceived: spreadOnce('SecondChargebackReceived'),
};

function spreadOnce<Type extends PaymentEventType>(
  type: Type,
): (view: SubjectView) => readonly PaymentApplication<Type>[] {
  return memoizeByObject((view: SubjectView) =>
    view.effective(type).length === 0 ? [] : spreadOverOrders(view, type),
  );
}

function spreadOverOrders<Type extends PaymentEventType>(
  view: SubjectView,
  type: Type,
): readonly PaymentApplication<Type>[] {
  const effective = view
    .effective(type)
    .map((one) => ({ effective: one, stated: statedParts(view, one.event) }));
  const ties = new PaymentTies(view);
  for (const {
    effective: { event },
    stated = [],
  } of effective) {
    for (const part of stated) ties.take(event, part);
  }
  return effective.flatMap(({ effective: one, stated }) =>
    (stated ?? impliedParts(view, one.event, { ties, at: one.resolved.at })).map((part) => ({
      effective: one,
      ...part,
    })),
  );
}

/** What the event itself, or another witness of it, says of its orders. */
function statedParts(
  view: SubjectView,
  event: EventOf<PaymentEventType>,
): readonly Part[] | undefined {
  const references = event.data.orderRefs ?? witnessReferences(view, event);
  return references?.map(({ order, amount }) => ({ order, minor: BigInt(amount.minor) }));
}

function impliedParts(
  view: SubjectView,
  event: EventOf<PaymentEventType>,
  { ties, at }: { readonly ties: PaymentTies; readonly at: string | null },
): readonly Part[] {
  const total = BigInt(event.data.amount.minor);
  if (ties.has(event.leaf, at)) return ties.partsOf(event, at);
  const order = ties.onlyOrder(event.leaf, ordersNamedOn(view, event.leaf));
  return [{ order, minor: total }];
}

/**
 * What a report without the provider's id says of the one numbered event of its type. With several
 * numbered events nobody knows which of them it speaks of.
 */
function witnessReferences(
  view: SubjectView,
  event: EventOf<PaymentEventType>,
): EventOf<PaymentEventType>['data']['orderRefs'] {
  const effective = view.effective(event.type).filter((other) => other.event.leaf === event.leaf);
  if (effective.length !== 1) return null;
  for (const { event: other, standing } of view.events) {
    if (standing !== 'corroborates' || other.type !== event.type || other.leaf !== event.leaf)
      continue;
    const { orderRefs, amount } = other.data;
    const sameAmount =
      amount.minor === event.data.amount.minor && amount.currency === event.data.amount.currency;
    if (orderRefs !== null && sameAmount) return orderRefs;
  }
  return null;
}

function ordersNamedOn(view: SubjectView, payment: string): readonly string[] {
  const orders = new Set<string>();
  for (const { event, standing } of view.events) {
    if (event.leaf !== payment || standing === 'annulled' || standing === 'superseded') continue;
    if (!('orderRefs' in event.data) || event.data.orderRefs === null) continue;
    for (const { order } of event.data.orderRefs) orders.add(order);
  }
  return [...orders];
}
