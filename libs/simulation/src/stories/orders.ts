import { leafOf } from '#kernel';
import { type PricedLine, priceGoods, shippingLine, totalMinor } from '../pricing.js';
import { accounts, type Article, articles, customerOf, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';

/** An order as the simulation knows it. */
export interface SimulatedOrder {
  readonly number: number;
  readonly account: string;
  readonly objectid: string;
  readonly leaf: string;
  readonly goods: readonly PricedLine[];
  /** Goods and shipping. */
  readonly lines: readonly PricedLine[];
  readonly sellerOwesTax: boolean;
  /** Who reserves its units, where the ledger is asked at all. */
  readonly allocatedBy: 'ledger' | 'order_management';
}

/** Every so many orders are allocated by the order management. */
const ordersPerReported = 4;

/** What an order costs whoever owes it. */
export function orderTotalMinor(order: SimulatedOrder): number {
  return totalMinor(order.lines, order.sellerOwesTax);
}

export function chooseArticles(scene: Scene, minimumLines: number, minimumUnits = 1) {
  const count = scene.random.integer(minimumLines, Math.max(minimumLines, 3));
  return scene.random
    .sample(articles, count)
    .map((article) => ({ article, qty: scene.random.integer(minimumUnits, 3) }));
}

type ChosenArticles = readonly { readonly article: Article; readonly qty: number }[];

/** An order of the web shop, with shipping and a customer of its own. */
export function captureWebOrder(
  scene: Scene,
  minute: number,
  chosen: ChosenArticles,
): SimulatedOrder {
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, chosen);
  const order = orderOf(accounts.webShop, `W${number}`, number, goods, [...goods, shippingLine()]);
  tellCapture(scene, minute, order, {
    debtor: { kind: 'customer', id: `C${number}` },
    channel: 'web',
  });
  tellPromise(scene, minute, order);
  return order;
}

/** An order of the marketplace, which owes its tax and pays for what it sold. */
export function captureMarketplaceOrder(
  scene: Scene,
  minute: number,
  chosen: ChosenArticles,
): SimulatedOrder {
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, chosen);
  const objectid = `303-${String(number).padStart(7, '0')}-A`;
  const order: SimulatedOrder = {
    ...orderOf(accounts.marketplace, objectid, number, goods, goods),
    sellerOwesTax: false,
  };
  tellCapture(scene, minute, order, {
    debtor: { kind: 'marketplace', id: retailer.marketplaceDebtor },
    channel: 'marketplace',
  });
  tellPromise(scene, minute, order);
  return order;
}

/** A till's ticket: anonymous, paid and handed over at once. */
export function captureTicket(
  scene: Scene,
  minute: number,
  chosen: ChosenArticles,
): SimulatedOrder {
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, chosen);
  const order = orderOf(accounts.till, `T${number}`, number, goods, goods);
  tellCapture(scene, minute, order, {
    debtor: { kind: 'customer', id: 'walk_in' },
    channel: 'store',
  });
  return order;
}

function orderOf(
  account: string,
  objectid: string,
  number: number,
  goods: readonly PricedLine[],
  lines: readonly PricedLine[],
): SimulatedOrder {
  const leaf = leafOf('order', [account, objectid]);
  const allocatedBy = number % ordersPerReported === 0 ? 'order_management' : 'ledger';
  return { number, account, objectid, leaf, goods, lines, sellerOwesTax: true, allocatedBy };
}

function tellCapture(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  sold: {
    readonly debtor: { readonly kind: string; readonly id: string };
    readonly channel: string;
  },
): void {
  const liable: 'seller' | 'marketplace' = order.sellerOwesTax ? 'seller' : 'marketplace';
  scene.tell(minute, {
    type: 'OrderCaptured',
    source: order.account,
    objectid: order.objectid,
    version: '1',
    prompt: true,
    data: {
      legalEntity: retailer.legalEntity,
      currency: retailer.currency,
      ...sold,
      lines: order.lines.map((line) => ({
        line: line.line,
        kind: line.kind,
        ...(line.sku === undefined ? {} : { sku: line.sku }),
        qty: line.qty,
        uom: retailer.uom,
        gross: amount(line.grossMinor),
        discount: amount(line.discountMinor),
        taxes: [{ amount: amount(line.taxMinor), liable }],
      })),
      ...(sold.channel === 'store' ? {} : { customer: customerOf(order.number) }),
    },
  });
}

const dayMinutes = 1_440;

function tellPromise(scene: Scene, minute: number, { account, objectid }: SimulatedOrder): void {
  scene.tell(minute, {
    type: 'PromiseDateSet',
    source: account,
    objectid,
    version: '1',
    data: { promised: scene.dayOf(minute + scene.random.integer(2, 4) * dayMinutes) },
  });
}

/** The shop gives a whole line up before it is sent; shipping stays with what is left. */
export function cancelLine(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  reason: string,
): void {
  scene.tell(minute, {
    type: 'OrderLineCancelled',
    source: order.account,
    objectid: order.objectid,
    data: {
      line: line.line,
      qty: line.qty,
      cancellation: `X${scene.nextNumber()}`,
      reason,
      released: {
        goods: amount(line.grossMinor),
        discount: amount(line.discountMinor),
        tax: amount(order.sellerOwesTax ? line.taxMinor : 0),
      },
    },
  });
}

export function cancelOrder(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  reason: string,
): void {
  scene.tell(minute, {
    type: 'OrderCancelled',
    source: order.account,
    objectid: order.objectid,
    data: { cancellation: `X${scene.nextNumber()}`, reason },
  });
}
