import {
  attachedEvents,
  attachedHomes,
  backordersOf,
  deliveredUnits,
  deliveriesOf,
  type Delivery,
  type Finding,
  fulfilmentsOf,
  goodsFindings,
  type LineUnits,
  mergeFindings,
  orderFindings,
  type OrderState,
  orderStateOf,
  oversightFindings,
  paymentFindings,
  performedQty,
  pickupsOf,
  promisedDateOf,
  type Reservation,
  reservationsOf,
  reviewFindings,
  type SubjectView,
} from '#domain';
import { type Blocker, blockersOf } from './blockers.js';
import { type Deadlines, deadlinesOf } from './deadlines.js';
import { type MoneyPicture, moneyPictureOf } from './money-picture.js';
import { preparationIn, type PreparedGoods } from './preparation.js';
import { type LineProgress, orderStatus, type OrderStatus } from './status.js';

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
  readonly money: MoneyPicture;
  readonly promised: string | null;
  /** The units reserved for its lines. */
  readonly reservations: readonly Reservation[];
  readonly goods: PreparedGoods;
  readonly deadlines: Deadlines;
  readonly findings: readonly Finding[];
}

export function orderPictureOf(view: SubjectView): OrderPicture {
  const attached = attachedHomes(view);
  const state = orderStateOf(view);
  const deliveries = deliveriesOf(view, attached);
  const money = moneyPictureOf(view, state);
  const reservations = reservationsOf(view).filter(({ allocation: { event } }) =>
    view.orders.has(event.data.order),
  );
  const goods: PreparedGoods = {
    fulfilments: fulfilmentsOf(view, attached),
    pickups: pickupsOf(view, attached),
    backorders: backordersOf(view).filter(
      ({ backorder: { event }, open }) => open > 0 && view.orders.has(event.data.order),
    ),
  };
  const lines = lineProgress(view, state, { deliveries, reservations, goods });
  const goodsLines = lines.filter(({ units }) => units.line.kind === 'goods');
  const isCaptured = state.captured !== undefined;
  const status = orderStatus(
    isCaptured,
    goodsLines,
    state.cancellations.length > 0,
    deliveries.length > 0,
  );
  const promised = promisedDateOf(view);
  const unreserved = goodsLines.reduce((sum, line) => sum + unreservedUnits(line), 0);
  return {
    view,
    attached,
    state,
    lines,
    deliveries,
    reservations,
    goods,
    status,
    blockers: blockersOf({ view, attached, status, isCaptured, money, goods, unreserved }),
    deadlines: deadlinesOf({ view, attached, status, promised, money, goods }),
    money,
    promised,
    findings: ownFindings(view, [
      ...view.findings,
      ...goodsFindings(view, attached),
      ...paymentFindings(view, attached),
      ...oversightFindings(view, attached),
      ...reviewFindings(view),
      ...mergeFindings(view),
      ...orderFindings({
        state,
        deliveries,
        ...money.parts,
        reservations,
      }),
    ]),
  };
}

/** One fact can show one oddity twice, such as a dispatch that names a line in two places. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.code} ${finding.key}`, finding])).values(),
  ];
}

/**
 * Findings about facts that belong to the order, and not to something once tied to it by mistake or
 * to another order that shares a thing with it.
 */
function ownFindings(view: SubjectView, findings: readonly Finding[]): readonly Finding[] {
  const shown = new Set(attachedEvents(view).map(({ event }) => event.eventId));
  return distinctFindings(
    findings.filter(
      ({ eventIds }) => eventIds.length === 0 || eventIds.some((id) => shown.has(id)),
    ),
  );
}

function lineProgress(
  view: SubjectView,
  state: OrderState,
  { deliveries, reservations, goods }: Pick<OrderPicture, 'deliveries' | 'reservations' | 'goods'>,
): readonly LineProgress[] {
  const returns = view.effective('ReturnReceived');
  const preparationOf = preparationIn(view, goods);
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
    preparation: preparationOf(units.line.line, units.ordered),
  }));
}

function unreservedUnits({ units, allocated }: LineProgress): number {
  return Math.max(0, units.remaining - performedQty(units) - allocated);
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
