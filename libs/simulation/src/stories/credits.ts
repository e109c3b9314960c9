import type { EventData } from '#events';
import { leafOf } from '#kernel';
import { creditOf, type PricedLine } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount, owner } from '../step.js';
import type { SimulatedOrder } from './orders.js';
import { refund, type SimulatedPayment } from './payments.js';

const feePercent = 10;

/** A return as the simulation knows it. */
export interface SimulatedReturn {
  readonly objectid: string;
  readonly leaf: string;
}

/** One unit of a line arrives at the warehouse. */
export function receiveReturn(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  bucket: 'sellable' | 'damaged' = 'sellable',
): SimulatedReturn {
  const number = scene.nextNumber();
  const objectid = `R${number}`;
  const leaf = leafOf('return', [accounts.warehouse, objectid]);
  const receipt = `RR${number}`;
  scene.tell(minute, {
    type: 'ReturnReceived',
    source: accounts.warehouse,
    objectid,
    data: {
      node: retailer.warehouse,
      receipt,
      line: '1',
      sku: line.sku ?? '',
      qty: 1,
      order: order.leaf,
      orderLine: line.line,
      condition: bucket === 'damaged' ? 'damaged' : 'as new',
    },
  });
  scene.tell(minute, {
    type: 'StockReceived',
    source: accounts.warehouse,
    sku: line.sku ?? '',
    node: retailer.warehouse,
    data: {
      owner,
      qty: 1,
      uom: retailer.uom,
      cause: 'return',
      bucket,
      receipt,
      line: '1',
      returnRef: leaf,
    },
  });
  return { objectid, leaf };
}

/** One unit comes back: the warehouse tells of it, a credit is granted and paid out. */
export function returnUnit(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  payment: SimulatedPayment,
): void {
  const bucket = scene.random.chance(20) ? 'damaged' : 'sellable';
  const { leaf: returnLeaf } = receiveReturn(scene, minute, order, line, bucket);
  const { netMinor, taxMinor } = creditOf(line, 1);
  const feeMinor = scene.random.chance(30) ? Math.floor((netMinor * feePercent) / 100) : 0;
  const creditMemo = grant(scene, minute + 30, order, {
    basis: 'return',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor), line: line.line, qty: 1 }],
    ...(feeMinor === 0 ? {} : { fee: amount(feeMinor) }),
    returnRef: returnLeaf,
  });
  const minor = netMinor + taxMinor - feeMinor;
  refund(scene, minute + 90, payment, { order, minor }, creditMemo);
}

/** Money back for trouble; the customer keeps the goods. */
export function grantGoodwill(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  payment: SimulatedPayment,
): void {
  const [netMinor, taxMinor] = [300, 57];
  const creditMemo = grant(scene, minute, order, {
    basis: 'goodwill',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor) }],
    approvalId: `A${scene.nextNumber()}`,
  });
  refund(scene, minute + 60, payment, { order, minor: netMinor + taxMinor }, creditMemo);
}

/** Grants a credit, or tells that the shop granted it; returns the memo's number. */
export function grant(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  terms: Pick<EventData<'CreditGranted'>, 'basis' | 'lines' | 'fee' | 'returnRef' | 'approvalId'>,
): string {
  const creditMemo = `CM${scene.nextNumber()}`;
  const { legalEntity, currency } = retailer;
  const credit = { creditMemo, legalEntity, currency, ...terms };
  if (scene.decisions === 'asked') {
    scene.ask(minute, {
      route: '/v1/credits',
      client: order.account,
      idempotencyKey: creditMemo,
      expected: 'accepted',
      body: { order: order.leaf, ...credit },
    });
  } else {
    scene.tell(minute, {
      type: 'CreditGranted',
      source: order.account,
      objectid: order.objectid,
      data: credit,
    });
  }
  return creditMemo;
}
