import { leafOf } from '#kernel';
import { priceGoods } from '../pricing.js';
import { accounts, articles, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount, owner } from '../step.js';
import { ship } from './fulfilment.js';
import {
  cancelOrder,
  named,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
} from './orders.js';
import { allUnits, dayMinutes, sentAfter, type Story } from './story.js';

const foreign = 'CHF';
const waitedDays = 75;
const authorizationDays = 7;
const expiringMinor = 100;

/** A deposit months before, in another currency; what was authorised lapses before it is sent. */
export const preOrdered: Story = (scene, minute) => {
  const { order, begun, depositMinor } = openPreOrder(scene, minute);
  const rest = orderTotalMinor(order) - depositMinor;
  const authorization = `auth_${scene.nextNumber()}`;
  const refs = { amount: amount(rest, foreign), orderRefs: partOf(order, rest) };
  const at = { source: accounts.paymentProvider, objectid: `pi_pre_${order.number}` };
  const expiresAt = begun + authorizationDays * dayMinutes;
  scene.tell(begun + 2, {
    type: 'PaymentAuthorized',
    ...at,
    data: { ...refs, tender: 'card', authorization, expiresAt: scene.dayOf(expiresAt) },
  });
  scene.tell(expiresAt, {
    type: 'PaymentAuthorizationExpired',
    ...at,
    data: { ...refs, authorization },
  });
  waitForStock(scene, begun, minute, order);
  pay(scene, minute + sentAfter, order, rest, '2');
  ship(scene, minute + sentAfter, order, allUnits(order.goods), { reserved: false });
  return order;
};

/** The customer withdraws when it is too late for the deposit. */
export const preOrderForfeited: Story = (scene, minute) => {
  const { order, depositMinor } = openPreOrder(scene, minute);
  cancelOrder(scene, minute, order, 'changed_mind');
  scene.tell(minute + 5, {
    type: 'DepositForfeited',
    source: accounts.webShop,
    ...named(order),
    data: {
      forfeiture: `FF${order.number}`,
      legalEntity: retailer.legalEntity,
      amount: amount(depositMinor, foreign),
      reason: 'cancelled_late',
    },
  });
  return order;
};

function openPreOrder(scene: Scene, minute: number) {
  const begun = minute - waitedDays * dayMinutes;
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, [{ article: scene.random.pick(articles), qty: 1 }]);
  const order = orderOf(accounts.webShop, `W${number}`, number, goods, goods);
  tellCapture(scene, begun, order, {
    debtor: { kind: 'customer', id: `C${number}` },
    channel: 'web',
    currency: foreign,
  });
  const depositMinor = Math.floor(orderTotalMinor(order) / 4) + expiringMinor;
  pay(scene, begun + 1, order, depositMinor, '1');
  return { order, begun, depositMinor };
}

function partOf(order: SimulatedOrder, minor: number) {
  return [{ order: order.leaf, amount: amount(minor, foreign) }];
}

function pay(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  minor: number,
  part: string,
): void {
  scene.tell(minute, {
    type: 'PaymentCaptured',
    source: accounts.paymentProvider,
    objectid: `pi_pre_${order.number}`,
    data: {
      tender: 'card',
      amount: amount(minor, foreign),
      legalEntity: retailer.legalEntity,
      capture: `ch_pre_${order.number}_${part}`,
      orderRefs: partOf(order, minor),
    },
  });
}

/** The units are bought for the order, come later than was said, and are there at last. */
function waitForStock(scene: Scene, begun: number, minute: number, order: SimulatedOrder): void {
  const [line] = order.goods;
  if (line === undefined) throw new Error('A pre-order has a line.');
  const place = { sku: line.sku ?? '', node: retailer.warehouse };
  const stock = { owner, qty: line.qty, uom: retailer.uom };
  const backorder = `BO${order.number}`;
  const waits = { authority: accounts.orderManagement, backorder, line: line.line };
  scene.tell(begun + 10, {
    type: 'StockBackordered',
    source: accounts.orderManagement,
    ...place,
    data: { ...waits, ...stock, order: order.leaf, orderLine: line.line },
  });
  const incoming = {
    ...stock,
    purchaseOrder: leafOf('purchaseOrder', [accounts.purchasing, `PO${order.number}`]),
    purchaseOrderLine: '1',
  };
  scene.tell(begun + 60, {
    type: 'IncomingStockExpected',
    source: accounts.purchasing,
    ...place,
    version: '1',
    data: { ...incoming, certainty: 'ordered', expectedAt: scene.dayOf(minute - 20 * dayMinutes) },
  });
  scene.tell(minute - 30 * dayMinutes, {
    type: 'IncomingStockRevised',
    source: accounts.purchasing,
    ...place,
    version: '2',
    data: { ...incoming, certainty: 'confirmed', expectedAt: scene.dayOf(minute) },
  });
  scene.tell(minute, {
    type: 'StockReceived',
    source: accounts.warehouse,
    ...place,
    data: {
      ...incoming,
      cause: 'purchase',
      bucket: 'sellable',
      receipt: `GR${order.number}`,
      line: '1',
    },
  });
  scene.tell(minute + 10, {
    type: 'BackorderFilled',
    source: accounts.orderManagement,
    ...place,
    data: { ...waits, fill: '1', qty: line.qty, uom: retailer.uom },
  });
}
