import { totalMinor } from '../pricing.js';
import { scarceArticle } from '../retailer.js';
import { allocate, deallocate } from './allocations.js';
import { correct } from './corrections.js';
import { deliver, ship } from './fulfilment.js';
import {
  cancelLine,
  cancelOrder,
  captureWebOrder,
  chooseArticles,
  orderTotalMinor,
} from './orders.js';
import { authorize, capture, refund, startPayment } from './payments.js';
import {
  allocatedAfter,
  allUnits,
  complete,
  deliveredAfter,
  openWebOrder,
  sentAfter,
  type Story,
} from './story.js';

export const lineCancelled: Story = (scene, minute) => {
  const { order, payment } = openWebOrder(scene, minute, chooseArticles(scene, 2));
  const [dropped, ...kept] = order.goods;
  if (dropped === undefined) throw new Error('An order of two lines has a first.');
  cancelLine(scene, minute + 60, order, dropped, 'changed_mind');
  deallocate(scene, minute + 61, order, dropped, 'line_cancelled');
  const minor = orderTotalMinor(order) - totalMinor([dropped]);
  capture(scene, minute + sentAfter, payment, [{ order, minor }]);
  const shipment = ship(scene, minute + sentAfter, order, allUnits(kept));
  deliver(scene, minute + deliveredAfter, shipment, 'instant');
  return order;
};

export const orderCancelled: Story = (scene, minute) => {
  const { order } = openWebOrder(scene, minute);
  cancelOrder(scene, minute + 90, order, 'changed_mind');
  for (const line of order.goods) deallocate(scene, minute + 91, order, line, 'order_cancelled');
  return order;
};

/** The last units go to whoever came first; who came later is told so. */
export const scarce: Story = (scene, minute) => {
  const captured = captureWebOrder(scene, minute, [{ article: scarceArticle, qty: 1 }]);
  const order = { ...captured, allocatedBy: 'ledger' } as const;
  const payment = startPayment(scene);
  authorize(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  const [line] = order.goods;
  if (line !== undefined && allocate(scene, minute + allocatedAfter, order, line)) {
    complete(scene, minute, { order, payment });
  } else {
    cancelOrder(scene, minute + 30, order, 'out_of_stock');
  }
  return order;
};

/** The cancellation came when the parcel was gone; the money goes back without a credit. */
export const cancelledTooLate: Story = (scene, minute) => {
  const { order, payment } = openWebOrder(scene, minute);
  complete(scene, minute, { order, payment });
  cancelOrder(scene, minute + sentAfter + 30, order, 'changed_mind');
  const part = { order, minor: orderTotalMinor(order) };
  refund(scene, minute + sentAfter + 45, payment, part);
  return order;
};

/** The carrier claims a delivery, takes it back, and delivers a day later. */
export const misdelivered: Story = (scene, minute) => {
  const { order, payment } = openWebOrder(scene, minute);
  capture(scene, minute + sentAfter, payment, [{ order, minor: orderTotalMinor(order) }]);
  const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
  const claimed = deliver(scene, minute + deliveredAfter, shipment, 'instant');
  correct(scene, minute + deliveredAfter + 120, claimed, 'incorrect_data');
  deliver(scene, minute + deliveredAfter + 1_440, shipment, 'minute', 2);
  return order;
};

/** Nobody noted when it arrived, or only on which day. */
function vaguelyDelivered(precision: 'unknown' | 'date'): Story {
  return (scene, minute) => {
    const { order, payment } = openWebOrder(scene, minute);
    capture(scene, minute + sentAfter, payment, [{ order, minor: orderTotalMinor(order) }]);
    const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
    deliver(scene, minute + deliveredAfter, shipment, precision);
    return order;
  };
}

export const deliveredOnSomeDay: Story = vaguelyDelivered('date');
export const deliveredSometime: Story = vaguelyDelivered('unknown');
