import { oversoldArticle } from '../retailer.js';
import { allocate } from './allocations.js';
import { deliver, handOver, ship } from './fulfilment.js';
import {
  captureMarketplaceOrder,
  captureTicket,
  captureWebOrder,
  chooseArticles,
  orderTotalMinor,
} from './orders.js';
import { authorize, capture, captureOwn, startPayment, tieToOrder } from './payments.js';
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

export const marketplace: Story = (scene, minute) => {
  const order = captureMarketplaceOrder(scene, minute, chooseArticles(scene, 1));
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
  captureOwn(scene, minute + sentAfter, order, 'marketplace', orderTotalMinor(order));
  deliver(scene, minute + deliveredAfter, shipment, 'instant');
  return order;
};

export const ticket: Story = (scene, minute) => {
  const order = captureTicket(scene, minute, chooseArticles(scene, 1));
  const tender = scene.random.pick(['cash', 'card'] as const);
  captureOwn(scene, minute, order, tender, orderTotalMinor(order));
  handOver(scene, minute, order);
  return order;
};

/** The till, offline, sells the display piece that another till has sold already. */
export const oversoldTicket: Story = (scene, minute) => {
  const order = captureTicket(scene, minute, [{ article: oversoldArticle, qty: 1 }]);
  captureOwn(scene, minute, order, 'cash', orderTotalMinor(order));
  handOver(scene, minute, order);
  return order;
};
