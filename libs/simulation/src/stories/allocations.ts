import type { PricedLine } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import type { SimulatedOrder } from './orders.js';

const decidedByLedger = 'daybook';
/** The id under which an order's units are reserved. */
export function allocationOf(order: SimulatedOrder): string {
  return `AL${order.number}`;
}

function isAsked(scene: Scene, { allocatedBy }: SimulatedOrder): boolean {
  return scene.decisions === 'asked' && allocatedBy === 'ledger';
}

/** Reserves a line's units at the warehouse; returns whether there were enough. */
export function allocate(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line, sku = '', qty }: PricedLine,
): boolean {
  const node = retailer.warehouse;
  const enough = scene.stock.take(sku, node, qty);
  const allocation = allocationOf(order);
  const reserved = {
    line,
    order: order.leaf,
    orderLine: line,
    owner,
    qty,
    uom: retailer.uom,
  };
  if (isAsked(scene, order)) {
    scene.ask(minute, {
      route: '/v1/allocations',
      client: accounts.orderManagement,
      idempotencyKey: `${allocation}-${line}`,
      expected: enough ? 'accepted' : 'refused',
      body: { sku, node, authority: decidedByLedger, allocation, lines: [reserved] },
    });
  } else if (enough) {
    scene.tell(minute, {
      type: 'StockAllocated',
      source: accounts.orderManagement,
      sku,
      node,
      prompt: true,
      data: { authority: accounts.orderManagement, allocation, ...reserved },
    });
  }
  return enough;
}

/** Gives a line's units back. */
export function deallocate(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line, sku = '', qty }: PricedLine,
  reason: string,
): void {
  const node = retailer.warehouse;
  const allocation = allocationOf(order);
  const deallocation = `${allocation}-${line}-back`;
  scene.stock.receive(sku, node, qty);
  const given = { line, qty, uom: retailer.uom, reason };
  if (isAsked(scene, order)) {
    scene.ask(minute, {
      route: '/v1/deallocations',
      client: accounts.orderManagement,
      idempotencyKey: deallocation,
      expected: 'accepted',
      body: { sku, node, authority: decidedByLedger, allocation, deallocation, lines: [given] },
    });
    return;
  }
  scene.tell(minute, {
    type: 'StockDeallocated',
    source: accounts.orderManagement,
    sku,
    node,
    data: { authority: accounts.orderManagement, allocation, deallocation, ...given },
  });
}
