import { accounts } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { allocate } from './allocations.js';
import {
  captureWebOrder,
  chooseArticles,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
} from './orders.js';
import { authorize, startPayment } from './payments.js';
import { allocatedAfter, complete, dayMinutes, type Story } from './story.js';

/** The order management captures again what the shop has: tied together later, sent once. */
export const duplicate: Story = (scene, minute) => {
  const shop = { ...captureWebOrder(scene, minute, chooseArticles(scene, 1)) };
  const order: SimulatedOrder = { ...shop, allocatedBy: 'order_management' };
  const payment = startPayment(scene);
  authorize(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  captureAgain(scene, minute + 15, order);
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  complete(scene, minute, { order, payment });
  return order;
};

/** Tied to the wrong order first, and untied a day later. */
export const wrongDuplicate: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const payment = startPayment(scene);
  authorize(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  complete(scene, minute, { order, payment });
  const other = captureAgain(scene, minute + 15, order);
  scene.tell(minute + dayMinutes, {
    type: 'ExternalReferenceDetached',
    source: accounts.orderManagement,
    subject: other.leaf,
    data: {
      object: other.leaf,
      referenceType: 'order',
      reference: order.leaf,
      detachment: `DT${other.number}`,
    },
  });
  return order;
};

/** The same goods under the order management's own number, tied to the shop's order. */
function captureAgain(scene: Scene, minute: number, shop: SimulatedOrder): SimulatedOrder {
  const number = scene.nextNumber();
  const { goods, lines } = shop;
  const alias = orderOf(accounts.orderManagement, `O${number}`, number, goods, lines);
  tellCapture(scene, minute, alias, {
    debtor: { kind: 'customer', id: `C${shop.number}` },
    channel: 'web',
  });
  scene.tell(minute + 10, {
    type: 'PriceMismatchDetected',
    source: accounts.orderManagement,
    objectid: alias.objectid,
    data: {
      line: '1',
      expected: amount(lines[0]?.grossMinor ?? 0),
      found: amount((lines[0]?.grossMinor ?? 0) + 1),
      comparedWith: 'catalogue',
      detection: `PM${number}`,
    },
  });
  scene.tell(minute + 120, {
    type: 'ExternalReferenceAttached',
    source: accounts.orderManagement,
    subject: alias.leaf,
    data: { object: alias.leaf, referenceType: 'order', reference: shop.leaf },
  });
  return alias;
}
