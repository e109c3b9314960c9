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
  /** Of the card it is paid with. */
  readonly lastFourDigits: string;
  readonly refersToOrders: boolean;
}

/** What one order has of an amount. */
export interface OrderPart {
  readonly order: SimulatedOrder;
  readonly minor: number;
}

const witnessPercent = 60;
const fourDigitNumbers = 10_000;
/** Has no factor in common with ten: ten thousand payments in a row have as many cards. */
const cardStep = 7_919;

export function startPayment(scene: Scene, refersToOrders = true): SimulatedPayment {
  const number = scene.nextNumber();
  const objectid = `pi_${number}`;
  return {
    objectid,
    lastFourDigits: lastFourDigitsOf(number),
    leaf: leafOf('payment', [accounts.paymentProvider, objectid]),
    refersToOrders,
  };
}

/** By its number and not drawn, so that what else the seed draws stays as it is. */
function lastFourDigitsOf(number: number): string {
  return String((number * cardStep) % fourDigitNumbers).padStart(4, '0');
}

export function referencesOf(payment: SimulatedPayment, parts: readonly OrderPart[]) {
  if (!payment.refersToOrders) return null;
  return parts.map(({ order, minor }) => ({ order: order.leaf, amount: amount(minor) }));
}

function sumOf(parts: readonly OrderPart[]): number {
  return parts.reduce((sum, { minor }) => sum + minor, 0);
}

/** Sets an amount aside and returns the provider's id of it. */
export function authorize(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  parts: readonly OrderPart[],
  expiresAt?: string,
): string {
  const authorization = `auth_${scene.nextNumber()}`;
  scene.tell(minute, {
    type: 'PaymentAuthorized',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      tender: 'card',
      amount: amount(sumOf(parts)),
      authorization,
      lastFourDigits: payment.lastFourDigits,
      orderRefs: referencesOf(payment, parts),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
  });
  return authorization;
}

/** What of an authorization is not captured goes back to the customer's card. */
export function release(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  part: OrderPart,
  authorization: string,
): void {
  scene.tell(minute, {
    type: 'PaymentAuthorizationReleased',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      amount: amount(part.minor),
      release: `rel_${scene.nextNumber()}`,
      authorization,
      orderRefs: referencesOf(payment, [part]),
    },
  });
}

/**
 * The provider tells of a capture by its own id; often the shop tells of it too, without one.
 * Returns the provider's id.
 */
export function capture(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  parts: readonly OrderPart[],
): string {
  const number = `ch_${scene.nextNumber()}`;
  const told = {
    tender: 'card' as const,
    amount: amount(sumOf(parts)),
    legalEntity: retailer.legalEntity,
    lastFourDigits: payment.lastFourDigits,
  };
  const orderRefs = referencesOf(payment, parts);
  scene.tell(minute, {
    type: 'PaymentCaptured',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: { ...told, capture: number, orderRefs },
  });
  if (!payment.refersToOrders || !scene.random.chance(witnessPercent)) return number;
  scene.tell(minute + scene.random.integer(1, 10), {
    type: 'PaymentCaptured',
    source: accounts.webShop,
    account: accounts.paymentProvider,
    objectid: payment.objectid,
    transaction: `txn_${scene.nextNumber()}`,
    data: { ...told, capture: '', orderRefs },
  });
  return number;
}

/** Money that came in where the seller itself keeps the number. */
export function captureOwn(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  tender: Tender,
  minor: number,
  heldUpMinutes = 0,
): void {
  scene.tell(minute, {
    type: 'PaymentCaptured',
    source: order.account,
    objectid: `${order.objectid}-P`,
    heldUpMinutes,
    data: {
      tender,
      amount: amount(minor),
      legalEntity: order.legalEntity,
      capture: `${order.objectid}-1`,
      orderRefs: [{ order: order.leaf, amount: amount(minor) }],
    },
  });
}

/** Money goes back; returns the provider's id of it. */
export function refund(
  scene: Scene,
  minute: number,
  payment: SimulatedPayment,
  part: OrderPart,
  creditMemo?: string,
): string {
  const number = `re_${scene.nextNumber()}`;
  scene.tell(minute, {
    type: 'RefundIssued',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      tender: 'card',
      amount: amount(part.minor),
      legalEntity: retailer.legalEntity,
      refund: number,
      orderRefs: referencesOf(payment, [part]),
      ...(creditMemo === undefined ? {} : { creditMemo }),
    },
  });
  return number;
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
