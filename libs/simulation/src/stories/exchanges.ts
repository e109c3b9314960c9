import { leafOf } from '#kernel';
import { creditOf, withUnits } from '../pricing.js';
import { accounts } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { grant, receiveReturn } from './credits.js';
import { deliver, ship } from './fulfilment.js';
import { captureWebOrder, chooseArticles, orderTotalMinor, type SimulatedOrder } from './orders.js';
import { capture, startPayment } from './payments.js';
import {
  allUnits,
  dayMinutes,
  deliveredAfter,
  returnedAfter,
  sendUnreserved,
  type Story,
} from './story.js';

/** A customer gives a unit back for something else, which costs more: the rest is paid. */
export const exchanged: Story = (scene, minute) => {
  const begun = minute - returnedAfter;
  const { order: old, parcel: sent } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, sent, 'instant');
  const given = old.goods.at(-1);
  if (given === undefined) throw new Error('An order has a line.');
  const fresh = captureWebOrder(scene, minute, chooseArticles(scene, 2, 2));
  const { netMinor, taxMinor } = creditOf(given, 1);
  const difference = orderTotalMinor(fresh) - netMinor - taxMinor;
  const exchange = open(scene, minute + 1, old, fresh, difference);
  const back = receiveReturn(scene, minute + dayMinutes, old, withUnits(given, 1));
  const creditMemo = grant(scene, minute + dayMinutes + 60, old, {
    basis: 'return',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor), line: given.line, qty: 1 }],
    returnRef: back.leaf,
  });
  const payment = startPayment(scene);
  if (difference > 0) {
    capture(scene, minute + dayMinutes + 65, payment, [{ order: fresh, minor: difference }]);
  }
  scene.tell(minute + dayMinutes + 70, {
    type: 'ExchangeSettled',
    source: accounts.returnsDesk,
    objectid: exchange,
    data: { difference: amount(difference), creditMemo, payment: payment.leaf },
  });
  const units = allUnits(fresh.goods);
  const parcel = ship(scene, minute + 2 * dayMinutes, fresh, units, { reserved: false });
  deliver(scene, minute + 3 * dayMinutes, parcel, 'instant');
  return old;
};

function open(
  scene: Scene,
  minute: number,
  old: SimulatedOrder,
  fresh: SimulatedOrder,
  difference: number,
): string {
  const objectid = `EX${scene.nextNumber()}`;
  scene.tell(minute, {
    type: 'ExchangeOpened',
    source: accounts.returnsDesk,
    objectid,
    data: {
      order: old.leaf,
      kind: 'standard',
      newLines: fresh.goods.map(({ sku = '', qty }) => ({ sku, qty })),
      newOrder: fresh.leaf,
      difference: amount(difference),
    },
  });
  scene.tell(minute + 1, {
    type: 'ExternalReferenceAttached',
    source: accounts.returnsDesk,
    subject: fresh.leaf,
    data: {
      object: fresh.leaf,
      referenceType: 'exchange',
      reference: leafOf('exchange', [accounts.returnsDesk, objectid]),
    },
  });
  return objectid;
}
