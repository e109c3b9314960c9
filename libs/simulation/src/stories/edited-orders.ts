import { type PricedLine, priceGoods, totalMinor } from '../pricing.js';
import { accounts, articles, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { deliver, ship } from './fulfilment.js';
import { captureWebOrder, chooseArticles, eventLines, named, orderTotalMinor } from './orders.js';
import type { SimulatedOrder } from './orders.js';
import { capture, refund, startPayment } from './payments.js';
import {
  allUnits,
  dayMinutes,
  deliveredAfter,
  sendUnreserved,
  sentAfter,
  type Story,
} from './story.js';

/** After the first parcel one line is dropped and a cheaper one added; the rest is paid back. */
export const edited: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 2));
  const [sent, ...dropped] = order.goods;
  if (sent === undefined) throw new Error('An order of two lines has a first.');
  const payment = startPayment(scene);
  capture(scene, minute + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
  const unreserved = { reserved: false };
  const first = ship(scene, minute + sentAfter, order, allUnits([sent]), unreserved);
  deliver(scene, minute + deliveredAfter, first, 'instant');
  const added = cheaperLine(scene, order);
  const shipping = order.lines.filter(({ kind }) => kind === 'shipping');
  const resulting = [sent, added, ...shipping];
  amend(scene, minute + dayMinutes, order, dropped, added, resulting);
  const second = ship(scene, minute + 2 * dayMinutes, order, allUnits([added]), unreserved);
  deliver(scene, minute + 3 * dayMinutes, second, 'instant');
  const minor = orderTotalMinor(order) - totalMinor(resulting);
  if (minor > 0) refund(scene, minute + 2 * dayMinutes + 5, payment, { order, minor });
  return order;
};

function cheaperLine(scene: Scene, order: SimulatedOrder): PricedLine {
  const bought = new Set(order.goods.map(({ sku }) => sku));
  const [cheapest] = articles
    .filter(({ sku }) => !bought.has(sku))
    .sort((left, right) => left.priceMinor - right.priceMinor);
  if (cheapest === undefined) throw new Error('No order has every article.');
  const [line] = priceGoods(scene.random, [{ article: cheapest, qty: 1 }]);
  if (line === undefined) throw new Error('One article gives one line.');
  return { ...line, line: 'added' };
}

function amend(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  dropped: readonly PricedLine[],
  added: PricedLine,
  resulting: readonly PricedLine[],
): void {
  const amendment = `AM${scene.nextNumber()}`;
  const told = { source: accounts.webShop, ...named(order) };
  scene.tell(minute - 30, {
    type: 'OrderAmendmentRequested',
    ...told,
    data: {
      amendment,
      requestedBy: 'customer',
      changes: [
        ...dropped.map(({ line }) => ({ change: 'remove_line' as const, line })),
        { change: 'add_line', sku: added.sku ?? '', qty: added.qty },
      ],
      priceDelta: amount(totalMinor(resulting) - orderTotalMinor(order)),
    },
  });
  scene.tell(minute, {
    type: 'OrderAmendmentConfirmed',
    ...told,
    data: {
      amendment,
      currency: retailer.currency,
      lines: eventLines(resulting),
      effectiveAt: scene.timeOf(minute),
    },
  });
}

/** The customer wants another address when the parcel is gone, which is declined. */
export const amendmentDeclined: Story = (scene, minute) => {
  const { order, parcel } = sendUnreserved(scene, minute);
  const amendment = `AM${scene.nextNumber()}`;
  const told = { source: accounts.webShop, ...named(order) };
  scene.tell(minute + sentAfter + 60, {
    type: 'OrderAmendmentRequested',
    ...told,
    data: { amendment, requestedBy: 'customer', changes: [{ change: 'address' }] },
  });
  scene.tell(minute + sentAfter + 90, {
    type: 'OrderAmendmentDeclined',
    ...told,
    data: { amendment, reason: 'already_sent' },
  });
  deliver(scene, minute + deliveredAfter, parcel, 'instant');
  return order;
};
