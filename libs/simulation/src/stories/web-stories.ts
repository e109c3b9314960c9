import { totalMinor } from '../pricing.js';
import { grantGoodwill, returnUnit } from './credits.js';
import { deliver, ship } from './fulfilment.js';
import { chooseArticles, orderTotalMinor } from './orders.js';
import { capture } from './payments.js';
import {
  allUnits,
  complete,
  dayMinutes,
  deliveredAfter,
  openWebOrder,
  returnedAfter,
  sentAfter,
  type Story,
} from './story.js';

export const ordinary: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  complete(scene, minute, paid);
  return paid.order;
};

/** Two parcels, two captures, and one unit that comes back. */
export const splitWithReturn: Story = (scene, minute) => {
  const { order, payment } = openWebOrder(scene, minute, chooseArticles(scene, 2, 2), {
    allocatedBy: 'order_management',
  });
  const [first, ...others] = order.goods;
  if (first === undefined) throw new Error('An order of two lines has a first.');
  const firstMinor = totalMinor([first]);
  capture(scene, minute + sentAfter, payment, [{ order, minor: firstMinor }]);
  const parcel = ship(scene, minute + sentAfter, order, allUnits([first]));
  deliver(scene, minute + deliveredAfter, parcel, 'instant');
  const restMinor = orderTotalMinor(order) - firstMinor;
  capture(scene, minute + sentAfter + dayMinutes, payment, [{ order, minor: restMinor }]);
  const second = ship(scene, minute + sentAfter + dayMinutes, order, allUnits(others));
  deliver(scene, minute + deliveredAfter + dayMinutes, second, 'minute');
  returnUnit(scene, minute + returnedAfter, order, first, payment);
  return order;
};

export const returned: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  complete(scene, minute, paid);
  const line = scene.random.pick(paid.order.goods);
  returnUnit(scene, minute + returnedAfter, paid.order, line, paid.payment);
  return paid.order;
};

export const goodwill: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  complete(scene, minute, paid);
  grantGoodwill(scene, minute + returnedAfter, paid.order, paid.payment);
  return paid.order;
};
