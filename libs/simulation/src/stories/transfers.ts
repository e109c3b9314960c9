import { leafOf } from '#kernel';
import { priceGoods } from '../pricing.js';
import { accounts, assortmentOf, retailer, stores } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import {
  named,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
  tellPromise,
} from './orders.js';
import { authorize, startPayment } from './payments.js';
import { dayMinutes, type Story } from './story.js';

const sentUnits = 10;
const receivedUnits = 8;
const storesOfWebShop = stores.filter(({ legalEntity }) => legalEntity === retailer.legalEntity);

/** Ten units go to a store where an order waits for one; eight arrive, one is found, one is lost. */
function short(missing: 'resolved' | 'open'): Story {
  return (scene, minute) => {
    const begun = minute - 5 * dayMinutes;
    const store = scene.random.pick(storesOfWebShop);
    const article = scene.random.pick(assortmentOf(store));
    const number = scene.nextNumber();
    const goods = priceGoods(scene.random, [{ article, qty: 1 }]);
    const order = orderOf(accounts.webShop, `W${number}`, number, goods, goods);
    tellCapture(scene, begun, order, {
      debtor: { kind: 'customer', id: `C${number}` },
      channel: 'web',
    });
    tellPromise(scene, begun, order);
    const payment = startPayment(scene);
    authorize(scene, begun + 1, payment, [{ order, minor: orderTotalMinor(order) }]);
    holdForStock(scene, begun + 10, order);
    move(scene, begun + 60, order, { sku: article.sku, to: store.node, missing });
    return order;
  };
}

export const shortTransfer: Story = short('resolved');
export const openTransfer: Story = short('open');

function holdForStock(scene: Scene, minute: number, order: SimulatedOrder): void {
  scene.tell(minute, {
    type: 'OrderHoldPlaced',
    source: accounts.orderManagement,
    ...named(order),
    data: { holdId: `H${order.number}`, type: 'inventory', blocks: ['dispatch'] },
  });
}

interface Way {
  readonly sku: string;
  readonly to: string;
  readonly missing: 'resolved' | 'open';
}

function move(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { sku, to, missing }: Way,
): void {
  const objectid = `TR${order.number}`;
  const from = retailer.warehouse;
  const at = { source: accounts.purchasing, objectid };
  const ofTransfer = { line: '1', sku, uom: retailer.uom };
  const common = { owner, uom: retailer.uom };
  const transfer = {
    transfer: leafOf('transfer', [accounts.purchasing, objectid]),
    transferLine: '1',
  };
  scene.tell(minute, {
    type: 'TransferRequested',
    ...at,
    data: { ...ofTransfer, from, to, owner, qty: sentUnits, order: order.leaf, orderLine: '1' },
  });
  const sent = minute + dayMinutes;
  const reported = { source: accounts.warehouse, account: accounts.purchasing, objectid };
  const shipment = `TS${order.number}`;
  scene.tell(sent, {
    type: 'TransferShipped',
    ...reported,
    data: { ...ofTransfer, shipment, qty: sentUnits },
  });
  scene.tell(sent, {
    type: 'StockIssued',
    source: accounts.warehouse,
    sku,
    node: from,
    data: {
      ...common,
      ...transfer,
      qty: sentUnits,
      cause: 'transfer',
      shipment,
      line: '1',
      component: 0,
      destination: to,
    },
  });
  const receive = (at: number, receipt: string, qty: number) =>
    scene.tell(at, {
      type: 'StockReceived',
      source: accounts.orderManagement,
      sku,
      node: to,
      data: {
        ...common,
        ...transfer,
        qty,
        cause: 'transfer',
        bucket: 'sellable',
        receipt,
        line: '1',
      },
    });
  const arrived = sent + 2 * dayMinutes;
  const receipt = `TG${order.number}`;
  scene.tell(arrived, {
    type: 'TransferReceived',
    ...reported,
    data: { ...ofTransfer, receipt, qty: receivedUnits, expected: sentUnits },
  });
  receive(arrived, receipt, receivedUnits);
  if (missing === 'open') return;
  receive(arrived + dayMinutes, `${receipt}F`, 1);
  scene.tell(arrived + dayMinutes + 60, {
    type: 'StockWrittenOff',
    source: accounts.purchasing,
    sku,
    node: to,
    data: {
      ...common,
      ...transfer,
      bucket: 'in_transit',
      qty: 1,
      writeOff: `WO${order.number}`,
      line: '1',
      reason: 'lost_in_transit',
    },
  });
}
