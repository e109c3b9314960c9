import type { PricedLine } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import { allocationOf } from './allocations.js';
import type { SimulatedOrder } from './orders.js';

/** The order management keeps a line's units in a store; returns whether they were there. */
export function keepInStore(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line, sku = '', qty }: PricedLine,
  node: string,
): boolean {
  if (!scene.stock.take(sku, node, qty)) return false;
  scene.tell(minute, {
    type: 'StockAllocated',
    source: accounts.orderManagement,
    sku,
    node,
    prompt: true,
    data: {
      authority: accounts.orderManagement,
      allocation: allocationOf(order),
      line,
      order: order.leaf,
      orderLine: line,
      owner,
      qty,
      uom: retailer.uom,
    },
  });
  return true;
}

/** The store's units are free for others again. */
export function freeInStore(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line, sku = '', qty }: PricedLine,
  node: string,
): void {
  scene.stock.receive(sku, node, qty);
  scene.tell(minute, {
    type: 'StockDeallocated',
    source: accounts.orderManagement,
    sku,
    node,
    data: {
      authority: accounts.orderManagement,
      allocation: allocationOf(order),
      line,
      deallocation: `D${scene.nextNumber()}`,
      qty,
      uom: retailer.uom,
    },
  });
}

/** Kept units leave the store with the customer. */
export function takeFromStore(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line, sku = '', qty }: PricedLine,
  node: string,
): void {
  scene.tell(minute, {
    type: 'StockIssued',
    source: accounts.orderManagement,
    sku,
    node,
    data: {
      owner,
      qty,
      uom: retailer.uom,
      cause: 'sale',
      shipment: `PU${order.number}`,
      line,
      component: 0,
      allocation: allocationOf(order),
      allocationLine: line,
      order: order.leaf,
      orderLine: line,
    },
  });
}
