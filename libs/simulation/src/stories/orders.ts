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
  readonly legalEntity: string;
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

/** Up to three of the articles, with their units. */
export function chooseArticles(
  scene: Scene,
  minimumLines: number,
  minimumUnits = 1,
  from: readonly Article[] = articles,
): ChosenArticles {
  const count = scene.random.integer(minimumLines, Math.max(minimumLines, 3));
  return scene.random
    .sample(from, count)
    .map((article) => ({ article, qty: scene.random.integer(minimumUnits, 3) }));
}

export type ChosenArticles = readonly { readonly article: Article; readonly qty: number }[];

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

/** An order of the account and under the id given, which nothing is told of yet. */
export function orderOf(
  account: string,
  objectid: string,
  number: number,
  goods: readonly PricedLine[],
  lines: readonly PricedLine[],
  legalEntity: string = retailer.legalEntity,
): SimulatedOrder {
  const leaf = leafOf('order', [account, objectid]);
  const allocatedBy = number % ordersPerReported === 0 ? 'order_management' : 'ledger';
  const sellerOwesTax = true;
  return {
    number,
    account,
    objectid,
    leaf,
    legalEntity,
    goods,
    lines,
    sellerOwesTax,
    allocatedBy,
  };
}

/** The order by the ids its events carry, also where another account tells of it. */
export function named({ account, objectid }: Pick<SimulatedOrder, 'account' | 'objectid'>) {
  return { account, objectid };
}

/** Lines as an event has them. */
export function eventLines(
  lines: readonly PricedLine[],
  liable: 'seller' | 'marketplace' = 'seller',
  currency: string = retailer.currency,
) {
  return lines.map(({ line, kind, sku, qty, grossMinor, discountMinor, taxMinor }) => ({
    line,
    kind,
    ...(sku === undefined ? {} : { sku }),
    qty,
    uom: retailer.uom,
    gross: amount(grossMinor, currency),
    discount: amount(discountMinor, currency),
    taxes: [{ amount: amount(taxMinor, currency), liable }],
  }));
}

/** Units of an order's lines as events name them. */
export function unitsOf(order: SimulatedOrder, lines: readonly PricedLine[] = order.goods) {
  return lines.map(({ line, qty }) => ({ order: order.leaf, orderLine: line, qty }));
}

/** How an order was sold, and how its capture arrives. */
export interface Sold {
  readonly debtor: { readonly kind: string; readonly id: string };
  readonly channel: string;
  readonly currency?: string;
  /** Its number among the tickets of a till's day. */
  readonly counted?: {
    readonly span: string;
    readonly numberrange: string;
    readonly sequence: string;
  };
  readonly heldUpMinutes?: number;
}

export function tellCapture(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  {
    counted = {} as Sold['counted'],
    currency = retailer.currency,
    heldUpMinutes = 0,
    ...sold
  }: Sold,
): void {
  const liable = order.sellerOwesTax ? 'seller' : 'marketplace';
  scene.tell(minute, {
    type: 'OrderCaptured',
    source: order.account,
    objectid: order.objectid,
    version: '1',
    prompt: true,
    heldUpMinutes,
    ...counted,
    data: {
      legalEntity: order.legalEntity,
      currency,
      ...sold,
      lines: eventLines(order.lines, liable, currency),
      ...(sold.channel === 'store' ? {} : { customer: customerOf(order.number) }),
    },
  });
}

const dayMinutes = 1_440;

export function tellPromise(
  scene: Scene,
  minute: number,
  { account, objectid }: SimulatedOrder,
): void {
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
