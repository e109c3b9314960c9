import { nodeOf } from '#events';
import { refundOwed } from './blockers.js';
import type { OrderPicture } from './order-picture.js';

/** What is bound to an order; the names stand in the API. */
export type CommitmentKind =
  'stock_reserved' | 'stock_backordered' | 'money_authorized' | 'refund_owed';

/** Stock or money that an order binds at this moment. */
export interface Commitment {
  readonly kind: CommitmentKind;
  /** Tells several commitments of one kind apart. */
  readonly key: string;
  readonly line: string | null;
  /** The node of stock, the payment of money. */
  readonly place: string | null;
  /** Units of stock; zero for money. */
  readonly qty: number;
  /** Minor units of money; zero for stock. */
  readonly minor: bigint;
  /** The unit of measure, or the currency. */
  readonly unit: string | null;
  /** When it ends or is to come: a day or an instant. */
  readonly dueAt: string | null;
}

type Committed = Pick<OrderPicture, 'reservations' | 'goods' | 'money' | 'status' | 'deadlines'>;

/** What is open of an order's stock and money: nothing for one that is done with. */
export function commitmentsOf(picture: Committed): readonly Commitment[] {
  return [
    ...reservedStock(picture),
    ...backorderedStock(picture),
    ...openAuthorizations(picture),
    ...owedRefund(picture),
  ];
}

function reservedStock({ reservations }: Committed): readonly Commitment[] {
  return reservations
    .filter(({ open }) => open > 0)
    .map(({ allocation: { event }, open }) => ({
      kind: 'stock_reserved',
      key: event.eventId,
      line: event.data.orderLine,
      place: nodeOf(event),
      qty: open,
      minor: 0n,
      unit: event.data.uom,
      dueAt: null,
    }));
}

function backorderedStock({ goods }: Committed): readonly Commitment[] {
  return goods.backorders.map(({ backorder: { event }, open }) => ({
    kind: 'stock_backordered',
    key: event.eventId,
    line: event.data.orderLine,
    place: nodeOf(event),
    qty: open,
    minor: 0n,
    unit: event.data.uom,
    dueAt: event.data.expectedAt ?? null,
  }));
}

function openAuthorizations({ money }: Committed): readonly Commitment[] {
  return money.tenders
    .filter(({ openAuthorization }) => openAuthorization > 0n)
    .map(({ payment, tender, currency, openAuthorization, expiresAt }) => ({
      kind: 'money_authorized',
      key: `${payment} ${tender} ${currency}`,
      line: null,
      place: payment,
      qty: 0,
      minor: openAuthorization,
      unit: currency,
      dueAt: expiresAt,
    }));
}

function owedRefund({ money, status, deadlines }: Committed): readonly Commitment[] {
  const owed = refundOwed(status, money);
  if (owed === 0n) return [];
  return [
    {
      kind: 'refund_owed',
      key: '',
      line: null,
      place: null,
      qty: 0,
      minor: owed,
      unit: money.currency,
      dueAt: deadlines.refund_expected,
    },
  ];
}
