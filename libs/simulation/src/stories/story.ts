import type { PricedLine } from '../pricing.js';
import type { Scene } from '../scene.js';
import { allocate } from './allocations.js';
import { deliver, ship, type SimulatedShipment, type UnitsToSend } from './fulfilment.js';
import { captureWebOrder, chooseArticles, orderTotalMinor, type SimulatedOrder } from './orders.js';
import { authorize, capture, type SimulatedPayment, startPayment } from './payments.js';

/** Tells what became of one order, from a minute on, and returns the order. */
export type Story = (scene: Scene, minute: number) => SimulatedOrder;

/** Minutes after the order comes in. */
export const allocatedAfter = 5;
export const sentAfter = 240;
export const deliveredAfter = 1_500;
export const returnedAfter = 4_000;
export const dayMinutes = 1_440;

/** An order and the payment that was authorised for it. */
export interface PaidOrder {
  readonly order: SimulatedOrder;
  readonly payment: SimulatedPayment;
}

/** An order of the web shop that is authorised and reserved. */
export function openWebOrder(
  scene: Scene,
  minute: number,
  chosen = chooseArticles(scene, 1),
  changes: Partial<Pick<SimulatedOrder, 'allocatedBy'>> = {},
): PaidOrder {
  const order = { ...captureWebOrder(scene, minute, chosen), ...changes };
  const payment = startPayment(scene);
  authorize(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  return { order, payment };
}

/** An order of the web shop that was authorised, captured and sent, without a reservation. */
export function sendUnreserved(
  scene: Scene,
  minute: number,
  chosen = chooseArticles(scene, 1),
): PaidOrder & { readonly parcel: SimulatedShipment; readonly capture: string } {
  const order = captureWebOrder(scene, minute, chosen);
  const payment = startPayment(scene);
  const part = { order, minor: orderTotalMinor(order) };
  authorize(scene, minute + 1, payment, [part]);
  const number = capture(scene, minute + sentAfter, payment, [part]);
  const units = allUnits(order.goods);
  const parcel = ship(scene, minute + sentAfter, order, units, { reserved: false });
  return { order, payment, parcel, capture: number };
}

export function allUnits(lines: readonly PricedLine[]): readonly UnitsToSend[] {
  return lines.map((line) => ({ line, qty: line.qty }));
}

/** Captures, sends and delivers all of an order. */
export function complete(scene: Scene, minute: number, { order, payment }: PaidOrder): void {
  capture(scene, minute + sentAfter, payment, [{ order, minor: orderTotalMinor(order) }]);
  const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
  deliver(scene, minute + deliveredAfter, shipment, 'instant');
}
