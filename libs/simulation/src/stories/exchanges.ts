import { leafOf } from '#kernel';
import { creditOf, type PricedLine, withUnits } from '../pricing.js';
import { accounts } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { grant, receiveReturn } from './credits.js';
import { deliver, ship } from './fulfilment.js';
import { captureWebOrder, chooseArticles, orderTotalMinor, type SimulatedOrder } from './orders.js';
import { authorize, capture, startPayment } from './payments.js';
import {
  allUnits,
  dayMinutes,
  deliveredAfter,
  returnedAfter,
  sendUnreserved,
  type Story,
} from './story.js';

const advanceDays = 15;

/** A customer gives a unit back for something else, which costs more: the rest is paid. */
export const exchanged: Story = (scene, minute) => {
  const begun = minute - returnedAfter;
  const { order: old, parcel: sent } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, sent, 'instant');
  const given = lastLine(old);
  const fresh = captureWebOrder(scene, minute, chooseArticles(scene, 2, 2));
  const { netMinor, taxMinor } = creditOf(given, 1);
  const difference = orderTotalMinor(fresh) - netMinor - taxMinor;
  const exchange = open(scene, minute + 1, old, fresh, { kind: 'standard', difference });
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

/** The same again, such as in another size: it leaves under the order of the one that comes back. */
export const exchangedEvenly: Story = (scene, minute) => {
  const begun = minute - returnedAfter;
  const { order, parcel: sent } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, sent, 'instant');
  const given = withUnits(lastLine(order), 1);
  const objectid = `EX${scene.nextNumber()}`;
  const back = receiveReturn(scene, minute + dayMinutes, order, given);
  scene.tell(minute + 1, {
    type: 'ExchangeOpened',
    source: accounts.returnsDesk,
    objectid,
    data: {
      order: order.leaf,
      kind: 'standard',
      newLines: [{ sku: given.sku ?? '', qty: 1, orderLine: given.line }],
      returnRef: back.leaf,
      difference: amount(0),
    },
  });
  const units = [{ line: given, qty: 1 }];
  const parcel = ship(scene, minute + 2 * dayMinutes, order, units, {
    forExchange: true,
    reserved: false,
  });
  deliver(scene, minute + 3 * dayMinutes, parcel, 'instant');
  scene.tell(minute + 3 * dayMinutes, {
    type: 'ExchangeSettled',
    source: accounts.returnsDesk,
    objectid,
    data: { difference: amount(0) },
  });
  return order;
};

/** Sent before the old goods are back, which never come: the new ones are charged. */
export const exchangedInAdvance: Story = (scene, minute) => {
  const begun = minute - advanceDays * dayMinutes - returnedAfter;
  const { order: old, parcel: sent } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, sent, 'instant');
  const asked = begun + returnedAfter;
  const fresh = captureWebOrder(scene, asked, chooseArticles(scene, 1));
  const minor = orderTotalMinor(fresh);
  open(scene, asked + 1, old, fresh, { kind: 'advance', difference: 0 });
  const announced = { source: accounts.returnsDesk, objectid: `RMA${scene.nextNumber()}` };
  const line = lastLine(old);
  scene.tell(asked + 2, {
    type: 'ReturnRequested',
    ...announced,
    data: { lines: [{ order: old.leaf, orderLine: line.line, qty: 1, reason: 'other_size' }] },
  });
  const returnUntil = scene.dayOf(asked + (advanceDays - 1) * dayMinutes);
  scene.tell(asked + 3, {
    type: 'ReturnAuthorized',
    ...announced,
    data: { returnUntil, decidedBy: 'policy' },
  });
  const payment = startPayment(scene);
  authorize(scene, asked + 4, payment, [{ order: fresh, minor }]);
  const units = allUnits(fresh.goods);
  const parcel = ship(scene, asked + dayMinutes, fresh, units, { reserved: false });
  deliver(scene, asked + 2 * dayMinutes, parcel, 'instant');
  scene.tell(minute, { type: 'ReturnExpired', ...announced, data: { returnUntil } });
  capture(scene, minute + 5, payment, [{ order: fresh, minor }]);
  return old;
};

function lastLine({ goods }: SimulatedOrder): PricedLine {
  const line = goods.at(-1);
  if (line === undefined) throw new Error('An order has a line.');
  return line;
}

interface Terms {
  readonly kind: 'standard' | 'advance';
  /** What the new goods cost more, in minor units. */
  readonly difference: number;
}

function open(
  scene: Scene,
  minute: number,
  old: SimulatedOrder,
  fresh: SimulatedOrder,
  { kind, difference }: Terms,
): string {
  const objectid = `EX${scene.nextNumber()}`;
  scene.tell(minute, {
    type: 'ExchangeOpened',
    source: accounts.returnsDesk,
    objectid,
    data: {
      order: old.leaf,
      kind,
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
