import { priceGoods } from '../pricing.js';
import {
  assortmentOf,
  berlin,
  oversoldArticle,
  retailer,
  type Store,
  stores,
} from '../retailer.js';
import type { Scene } from '../scene.js';
import { ownerOf } from '../step.js';
import {
  type ChosenArticles,
  chooseArticles,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
  unitsOf,
} from './orders.js';
import { captureOwn } from './payments.js';
import type { Story } from './story.js';

/** The number range in which tills count their tickets. */
export const ticketRange = 'tickets';

/** A till's ticket: anonymous, paid and handed over at once; the till may be cut off meanwhile. */
export function sellAtTill(
  scene: Scene,
  minute: number,
  store: Store,
  chosen: ChosenArticles,
  tender: 'cash' | 'card',
  heldUpMinutes = 0,
): SimulatedOrder {
  const order = numberTicket(scene, minute, store, chosen, heldUpMinutes);
  const minor = orderTotalMinor(order);
  if (tender === 'cash') scene.takings.addCash(store, scene.dayOf(minute), minor);
  captureOwn(scene, minute, order, tender, minor, heldUpMinutes);
  handOver(scene, minute, order, store, heldUpMinutes);
  return order;
}

function numberTicket(
  scene: Scene,
  minute: number,
  store: Store,
  chosen: ChosenArticles,
  heldUpMinutes: number,
): SimulatedOrder {
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, chosen, store.taxPercent);
  const order = orderOf(store.account, `T${number}`, number, goods, goods, store.legalEntity);
  const span = scene.dayOf(minute);
  const sequence = scene.takings.addTicket(store, span, orderTotalMinor(order));
  tellCapture(scene, minute, order, {
    debtor: { kind: 'customer', id: 'walk_in' },
    channel: 'store',
    counted: { span, numberrange: ticketRange, sequence: String(sequence) },
    heldUpMinutes,
  });
  return order;
}

/** The till hands goods over: no reservation, no carrier. */
function handOver(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  store: Store,
  heldUpMinutes: number,
): void {
  for (const line of order.goods) {
    scene.tell(minute, {
      type: 'StockIssued',
      source: store.account,
      sku: line.sku ?? '',
      node: store.node,
      heldUpMinutes,
      data: {
        owner: ownerOf(store.legalEntity),
        qty: line.qty,
        uom: retailer.uom,
        cause: 'sale',
        shipment: order.objectid,
        line: line.line,
        component: 0,
        order: order.leaf,
        orderLine: line.line,
      },
    });
  }
  const told = { source: store.account, objectid: order.objectid, heldUpMinutes };
  scene.tell(minute, {
    type: 'ShipmentDispatched',
    ...told,
    data: { kind: 'original', node: store.node, lines: unitsOf(order) },
  });
  scene.tell(minute, { type: 'ShipmentDelivered', ...told, data: {} });
}

export const ticket: Story = (scene, minute) => {
  const store = scene.random.pick(stores);
  const chosen = chooseArticles(scene, 1, 1, assortmentOf(store));
  return sellAtTill(scene, minute, store, chosen, scene.random.pick(['cash', 'card']));
};

/** The till, offline, sells the display piece that another till has sold already. */
export const oversoldTicket: Story = (scene, minute) =>
  sellAtTill(scene, minute, berlin, [{ article: oversoldArticle, qty: 1 }], 'cash');
