import { allocate } from './allocations.js';
import { deliver, ship } from './fulfilment.js';
import { captureWebOrder, chooseArticles, orderTotalMinor } from './orders.js';
import { authorize, capture, startPayment, tieToOrder } from './payments.js';
import {
  allocatedAfter,
  allUnits,
  complete,
  deliveredAfter,
  returnedAfter,
  sentAfter,
  type Story,
} from './story.js';

/** The provider does not know the order; the shop ties the payment to it days later. */
export const tiedLate: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const payment = startPayment(scene, false);
  authorize(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  complete(scene, minute, { order, payment });
  tieToOrder(scene, minute + returnedAfter, payment, order);
  return order;
};

/** Two orders of one checkout, paid at once. */
export const paidTogether: Story = (scene, minute) => {
  const first = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const second = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const orders = [first, second];
  const payment = startPayment(scene);
  const parts = orders.map((order) => ({ order, minor: orderTotalMinor(order) }));
  authorize(scene, minute + 1, payment, parts);
  capture(scene, minute + sentAfter, payment, parts);
  for (const order of orders) {
    for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
    const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
    deliver(scene, minute + deliveredAfter, shipment, 'instant');
  }
  return first;
};
