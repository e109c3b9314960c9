import { type PricedLine, priceGoods, taxOf, totalMinor } from '../pricing.js';
import { accounts, assortmentOf, retailer, type Store, stores } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import {
  cancelLine,
  cancelOrder,
  chooseArticles,
  eventLines,
  named,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
  unitsOf,
} from './orders.js';
import { authorize, capture, release, startPayment } from './payments.js';
import { countShort } from './counts.js';
import { freeInStore, keepInStore, takeFromStore } from './store-stock.js';
import type { Story } from './story.js';

const readyAfter = 120;
const collectedAfter = 480;
const keptDays = 3;
const dayMinutes = 1_440;
const storesOfWebShop = stores.filter(({ legalEntity }) => legalEntity === retailer.legalEntity);

/** An order of the web shop that a customer comes for; its units are kept in the store. */
function openPickup(scene: Scene, minute: number, minimumLines: number) {
  const store = scene.random.pick(storesOfWebShop);
  const number = scene.nextNumber();
  const chosen = chooseArticles(scene, minimumLines, 1, assortmentOf(store));
  const goods = priceGoods(scene.random, chosen);
  const order = orderOf(accounts.webShop, `W${number}`, number, goods, goods);
  tellCapture(scene, minute, order, {
    debtor: { kind: 'customer', id: `C${number}` },
    channel: 'web',
  });
  for (const line of goods) keepInStore(scene, minute + 5, order, line, store.node);
  scene.tell(minute + 10, {
    type: 'PickupTaskCreated',
    ...pickupOf(order),
    data: { node: store.node, lines: unitsOf(order) },
  });
  return { order, store };
}

function pickupOf({ number }: SimulatedOrder) {
  return { source: accounts.orderManagement, objectid: `PU${number}` };
}

function tellReady(scene: Scene, minute: number, order: SimulatedOrder): void {
  const expiresAt = scene.dayOf(minute + keptDays * dayMinutes);
  scene.tell(minute, {
    type: 'PickupReady',
    ...pickupOf(order),
    data: { bay: `bay-${order.number % 12}`, expiresAt },
  });
  scene.tell(minute + 1, {
    type: 'CustomerNotified',
    source: accounts.webShop,
    ...named(order),
    data: { template: 'pickup_ready', medium: 'email' },
  });
}

function collect(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { node }: Store,
  lines: readonly PricedLine[],
): void {
  for (const line of lines) takeFromStore(scene, minute, order, line, node);
  scene.tell(minute, {
    type: 'PickupCompleted',
    ...pickupOf(order),
    data: { lines: unitsOf(order, lines), node, proof: 'code' },
  });
}

export const pickup: Story = (scene, minute) => {
  const { order, store } = openPickup(scene, minute, 1);
  const payment = startPayment(scene);
  const part = { order, minor: orderTotalMinor(order) };
  authorize(scene, minute + 1, payment, [part]);
  tellReady(scene, minute + readyAfter, order);
  collect(scene, minute + collectedAfter, order, store, order.goods);
  capture(scene, minute + collectedAfter + 1, payment, [part]);
  return order;
};

/** One line is given a substitute, one is not found; what is not captured goes back. */
export const substitutedPickup: Story = (scene, minute) => {
  const { order, store } = openPickup(scene, minute, 3);
  const [found, replaced, missing] = order.goods;
  if (!found || !replaced || !missing) throw new Error('A pickup of three lines has three.');
  const authorized = Math.floor((orderTotalMinor(order) * 110) / 100);
  const payment = startPayment(scene);
  const authorization = authorize(scene, minute + 1, payment, [{ order, minor: authorized }]);
  const substitute = substituteFor(scene, minute + 60, order, replaced, store);
  for (const gone of [replaced, missing]) freeInStore(scene, minute + 62, order, gone, store.node);
  notFound(scene, minute + 65, order, missing, store);
  const taken = [found, substitute];
  tellReady(scene, minute + readyAfter, order);
  collect(scene, minute + collectedAfter, order, store, taken);
  const minor = totalMinor(taken);
  capture(scene, minute + collectedAfter + 1, payment, [{ order, minor }]);
  const rest = { order, minor: authorized - minor };
  release(scene, minute + collectedAfter + 2, payment, rest, authorization);
  return order;
};

function substituteFor(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  replaced: PricedLine,
  store: Store,
): PricedLine {
  const bought = new Set(order.goods.map(({ sku }) => sku));
  const others = assortmentOf(store).filter(({ sku }) => !bought.has(sku));
  const grossMinor = Math.floor(((replaced.grossMinor - replaced.discountMinor) * 9) / 10);
  const substitute: PricedLine = {
    line: `${replaced.line}S`,
    kind: 'goods',
    sku: scene.random.pick(others).sku,
    qty: replaced.qty,
    grossMinor,
    discountMinor: 0,
    taxMinor: taxOf(grossMinor),
  };
  const [newLine] = eventLines([substitute]);
  if (newLine === undefined) throw new Error('One line gives one.');
  scene.tell(minute, {
    type: 'OrderLineSubstituted',
    source: accounts.webShop,
    ...named(order),
    data: {
      substitution: `SU${scene.nextNumber()}`,
      line: replaced.line,
      qty: replaced.qty,
      currency: retailer.currency,
      newLine,
      priceRule: 'new_price',
      customerConsent: 'given',
    },
  });
  keepInStore(scene, minute + 1, order, substitute, store.node);
  return substitute;
}

function notFound(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  { node }: Store,
): void {
  scene.tell(minute, {
    type: 'ItemShortPicked',
    source: accounts.orderManagement,
    objectid: `F${order.number}`,
    data: {
      order: order.leaf,
      orderLine: line.line,
      sku: line.sku ?? '',
      node,
      qty: line.qty,
      reason: 'not_found',
    },
  });
  cancelLine(scene, minute + 1, order, line, 'not found');
  countShort(scene, minute + 300, { node, sku: line.sku ?? '', missing: 1 });
}

/** Nobody comes in time: the units and the money set aside are free again. */
export const expiredPickup: Story = (scene, minute) => {
  const expiredAt = minute + keptDays * dayMinutes;
  const { order, store } = openPickup(scene, minute, 1);
  const payment = startPayment(scene);
  const part = { order, minor: orderTotalMinor(order) };
  const authorization = authorize(scene, minute + 1, payment, [part]);
  tellReady(scene, minute + readyAfter, order);
  scene.tell(expiredAt, { type: 'PickupExpired', ...pickupOf(order), data: {} });
  scene.tell(expiredAt + 5, {
    type: 'PickupCancelled',
    ...pickupOf(order),
    data: { reason: 'not_collected' },
  });
  cancelOrder(scene, expiredAt + 6, order, 'not collected');
  for (const line of order.goods) freeInStore(scene, expiredAt + 7, order, line, store.node);
  scene.tell(expiredAt + 8, {
    type: 'PaymentVoided',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: {
      amount: amount(part.minor),
      authorization,
      orderRefs: [{ order: order.leaf, amount: amount(part.minor) }],
    },
  });
  return order;
};
