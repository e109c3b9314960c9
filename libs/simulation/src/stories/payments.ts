import type { Tender } from '#events';
import { leafOf } from '#kernel';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import type { SimulatedOrder } from './orders.js';

/** A payment and what each order has of it; null where the provider is not told of orders. */
export interface SimulatedPayment {
  readonly objectid: string;
  readonly leaf: string;
  readonly refersToOrders: boolean;
}

/** What one order has of an amount. */
export interface OrderPart {
  readonly order: SimulatedOrder;
  readonly minor: number;
}

const witnessPercent = 60;

export function startPayment(scene: Scene, refersToOrders = true): SimulatedPayment {
  const objectid = `pi_${scene.nextNumber()}`;
  return {
    objectid,
    leaf: leafOf('payment', [accounts.paymentProvider, objectid]),
    refersToOrders,
  };
}

function referencesOf(payment: SimulatedPayment, parts: readonly OrderPart[]) {
  if (!payment.refersToOrders) return null;
  return parts.map(({ order, minor }) => ({ order: order.leaf, amount: amount(minor) }));
}

function sumOf(parts: readonly OrderPart[]): number {
  return parts.reduce((sum, { minor }) => sum + minor, 0);
}

export function authorize(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  parts: readonly OrderPart[],
): void {
  scene.tell(minute, {
    type: 'PaymentAuthorized',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      tender: 'card',
      amount: amount(sumOf(parts)),
      authorization: `auth_${scene.nextNumber()}`,
      orderRefs: referencesOf(payment, parts),
    },
  });
}

/** The provider tells of a capture by its own id; often the shop tells of it too, without one. */
export function capture(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  parts: readonly OrderPart[],
): void {
  const told = {
    tender: 'card' as const,
    amount: amount(sumOf(parts)),
    legalEntity: retailer.legalEntity,
  };
  const orderRefs = referencesOf(payment, parts);
  scene.tell(minute, {
    type: 'PaymentCaptured',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: { ...told, capture: `ch_${scene.nextNumber()}`, orderRefs },
  });
  if (!payment.refersToOrders || !scene.random.chance(witnessPercent)) return;
  scene.tell(minute + scene.random.integer(1, 10), {
    type: 'PaymentCaptured',
    source: accounts.webShop,
    account: accounts.paymentProvider,
    objectid: payment.objectid,
    transaction: `txn_${scene.nextNumber()}`,
    data: { ...told, capture: '', orderRefs },
  });
}

/** Money that came in where the seller itself, or its marketplace, keeps the number. */
export function captureOwn(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  tender: Tender,
  minor: number,
): void {
  scene.tell(minute, {
    type: 'PaymentCaptured',
    source: order.account,
    objectid: `${order.objectid}-P`,
    data: {
      tender,
      amount: amount(minor),
      legalEntity: retailer.legalEntity,
      capture: `${order.objectid}-1`,
      orderRefs: [{ order: order.leaf, amount: amount(minor) }],
    },
  });
}

export function refund(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  part: OrderPart,
  creditMemo?: string,
): void {
  scene.tell(minute, {
    type: 'RefundIssued',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      tender: 'card',
      amount: amount(part.minor),
      legalEntity: retailer.legalEntity,
      refund: `re_${scene.nextNumber()}`,
      orderRefs: referencesOf(payment, [part]),
      ...(creditMemo === undefined ? {} : { creditMemo }),
    },
  });
}

/** The shop says later which order a payment was for. */
export function tieToOrder(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  order: SimulatedOrder,
): void {
  scene.tell(minute, {
    type: 'ExternalReferenceAttached',
    source: accounts.webShop,
    subject: payment.leaf,
    data: { object: payment.leaf, referenceType: 'order', reference: order.leaf },
  });
}
