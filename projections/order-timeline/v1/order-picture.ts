import {
  attachedHomes,
  deliveredUnits,
  deliveriesOf,
  type Delivery,
  type Effective,
  type Finding,
  type LineUnits,
  orderFindings,
  type OrderState,
  orderStateOf,
  orderLinksOf,
  paymentApplications,
  paymentFindings,
  promisedDateOf,
  type Reservation,
  reservationsOf,
  reviewFindings,
  type SubjectView,
} from '#domain';
import type { EventOf } from '#events';
import { type Blocker, type LineProgress, orderStatus, type OrderStatus } from './status.js';

/** Everything the timeline tells of one order, before it is laid out in rows. */
export interface OrderPicture {
  readonly view: SubjectView;
  /** The homes whose facts are shown on this order's timeline. */
  readonly attached: ReadonlySet<string>;
  readonly state: OrderState;
  readonly lines: readonly LineProgress[];
  readonly deliveries: readonly Delivery[];
  readonly status: OrderStatus;
  readonly blockers: readonly Blocker[];
  readonly money: OrderMoney;
  readonly promised: string | null;
  readonly findings: readonly Finding[];
  /** The currency of `money`: the order's, else that of its first amount, or null. */
  readonly currency: string | null;
}

/** In minor units of the picture's currency; amounts in others are left out. */
export interface OrderMoney {
  readonly authorized: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly credited: bigint;
}

export function orderPictureOf(view: SubjectView): OrderPicture {
  const attached = attachedHomes(view);
  const state = orderStateOf(view);
  const deliveries = deliveriesOf(view, attached);
  const authorized = applied(view, 'PaymentAuthorized');
  const captured = applied(view, 'PaymentCaptured');
  const refunded = applied(view, 'RefundIssued');
  const credits = view
    .effective('CreditGranted')
    .filter(({ event }) => view.orders.has(event.leaf));
  const currency =
    state.captured?.event.data.currency ??
    firstCurrency([...authorized, ...captured, ...refunded], credits);
  const reservations = reservationsOf(view).filter(({ allocation: { event } }) =>
    view.orders.has(event.data.order),
  );
  const lines = lineProgress(view, state, deliveries, reservations);
  const goods = lines.filter(({ units }) => units.line.kind === 'goods');
  const status = orderStatus(
    state.captured !== undefined,
    goods,
    state.cancellations.length > 0,
    deliveries.length > 0,
  );
  const money: OrderMoney = {
    authorized: sumOf(authorized, currency),
    captured: sumOf(captured, currency),
    refunded: sumOf(refunded, currency),
    credited: credits
      .filter(({ event }) => event.data.currency === currency)
      .reduce((sum, { event }) => sum + creditTotal(event.data), 0n),
  };
  return {
    view,
    attached,
    state,
    lines,
    deliveries,
    status,
    blockers: blockersOf(state, status, money),
    money,
    promised: promisedDateOf(view),
    currency,
    findings: [
      ...findingsOf(view, attached),
      ...paymentFindings(view, attached),
      ...reviewFindings(view),
      ...orderFindings({
        state,
        currency,
        deliveries,
        authorized,
        captured,
        refunded,
        credits,
        reservations,
        survivors: [...view.orders].flatMap((order) => orderLinksOf(view, order)),
      }),
    ],
  };
}

/** Findings about facts that belong to the order, and not to something once tied to it by mistake. */
function findingsOf(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  const shown = new Set(
    view.events.filter(({ home }) => attached.has(home)).map(({ event }) => event.eventId),
  );
  return view.findings.filter(({ eventIds }) => eventIds.some((id) => shown.has(id)));
}

function applied<Type extends 'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued'>(
  view: SubjectView,
  type: Type,
) {
  return paymentApplications(view, type).filter(
    ({ order }) => order !== null && view.orders.has(order),
  );
}

interface PaymentPart {
  readonly effective: {
    readonly event: EventOf<'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued'>;
  };
  readonly minor: bigint;
}

function sumOf(parts: readonly PaymentPart[], currency: string | null): bigint {
  return parts
    .filter(({ effective }) => effective.event.data.amount.currency === currency)
    .reduce((sum, { minor }) => sum + minor, 0n);
}

/** The currency of an order that is only known by its money. */
function firstCurrency(
  payments: readonly PaymentPart[],
  credits: readonly Effective<'CreditGranted'>[],
): string | null {
  const [payment] = payments;
  const [credit] = credits;
  return payment?.effective.event.data.amount.currency ?? credit?.event.data.currency ?? null;
}

function creditTotal({ lines, fee }: Effective<'CreditGranted'>['event']['data']): bigint {
  return lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    -BigInt(fee?.minor ?? 0),
  );
}

function lineProgress(
  view: SubjectView,
  state: OrderState,
  deliveries: readonly Delivery[],
  reservations: readonly Reservation[],
): readonly LineProgress[] {
  const returns = view.effective('ReturnReceived');
  return state.lines.map((units) => ({
    units,
    delivered: units.pickedUp + carriedToCustomer(view, units, deliveries),
    returned: returns
      .filter(
        ({ event: { data } }) =>
          data.order !== undefined &&
          view.orders.has(data.order) &&
          data.orderLine === units.line.line,
      )
      .reduce((sum, { event }) => sum + event.data.qty, 0),
    allocated: reservations
      .filter(({ allocation: { event } }) => event.data.orderLine === units.line.line)
      .reduce((sum, { open }) => sum + open, 0),
  }));
}

/** Of the units a carrier has or had, those that arrived. */
function carriedToCustomer(
  view: SubjectView,
  { line, remaining, pickedUp }: LineUnits,
  deliveries: readonly Delivery[],
): number {
  if (line.kind !== 'goods') return 0;
  const sent = { line: line.line, remaining: remaining - pickedUp };
  return deliveredUnits(deliveries, view.orders, sent);
}

function blockersOf(state: OrderState, status: OrderStatus, money: OrderMoney): readonly Blocker[] {
  const blockers: Blocker[] = [];
  if (state.captured === undefined) blockers.push('order_missing');
  const waits = status === 'captured' || status === 'partly_dispatched';
  if (waits && money.authorized === 0n && money.captured === 0n) blockers.push('payment_missing');
  const owed = status === 'cancelled' ? money.captured : money.credited;
  if (owed > money.refunded && money.captured > money.refunded) blockers.push('refund_owed');
  return blockers;
}
