import { accounts } from '../retailer.js';
import type { Scene } from '../scene.js';
import {
  cancelOrder,
  captureWebOrder,
  chooseArticles,
  named,
  orderTotalMinor,
  type SimulatedOrder,
} from './orders.js';
import { authorize, release, startPayment } from './payments.js';
import { complete, openWebOrder, type Story } from './story.js';

function review(scene: Scene, minute: number, order: SimulatedOrder): void {
  const { number } = order;
  scene.tell(minute, {
    type: 'FraudReviewRequested',
    source: accounts.fraudCheck,
    ...named(order),
    data: { provider: 'sieve', review: `FR${number}`, score: '0.71', signals: ['new_address'] },
  });
  scene.tell(minute + 1, {
    type: 'OrderHoldPlaced',
    source: accounts.orderManagement,
    ...named(order),
    data: { holdId: `H${number}`, type: 'fraud', blocks: ['release', 'dispatch', 'capture'] },
  });
}

/** Held until somebody has looked at it, and sent then. */
export const cleared: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  const { order } = paid;
  review(scene, minute + 2, order);
  scene.tell(minute + 90, {
    type: 'FraudCleared',
    source: accounts.fraudCheck,
    ...named(order),
    data: { provider: 'sieve', review: `FR${order.number}`, score: '0.20' },
  });
  scene.tell(minute + 91, {
    type: 'OrderHoldReleased',
    source: accounts.orderManagement,
    ...named(order),
    data: { holdId: `H${order.number}` },
  });
  complete(scene, minute, paid);
  return order;
};

/** Held, confirmed as fraud, and given up before anything left. */
export const fraudulent: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const payment = startPayment(scene);
  const part = { order, minor: orderTotalMinor(order) };
  const authorization = authorize(scene, minute + 1, payment, [part]);
  review(scene, minute + 2, order);
  scene.tell(minute + 200, {
    type: 'FraudConfirmed',
    source: accounts.fraudCheck,
    ...named(order),
    data: { provider: 'sieve', review: `FR${order.number}`, score: '0.98' },
  });
  cancelOrder(scene, minute + 205, order, 'fraud');
  release(scene, minute + 210, payment, part, authorization);
  return order;
};
