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

/**
 * Money back for trouble, which somebody has to allow; the customer keeps the goods. Where the ledger
 * is asked it decides at the moment it is asked, so that the provider has not sent the money yet.
 */
export function grantGoodwill(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  payment: SimulatedPayment,
): void {
  const [netMinor, taxMinor] = [300, 57];
  const terms: CreditTerms = {
    basis: 'goodwill',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor) }],
    approvalId: approve(scene, minute - 20, order, netMinor + taxMinor),
  };
  if (scene.decisions === 'asked') {
    askFor(scene, minute, order, terms);
    return;
  }
  const creditMemo = grant(scene, minute, order, terms);
  refund(scene, minute + 60, payment, { order, minor: netMinor + taxMinor }, creditMemo);
}

/** An agent asks for it and a lead allows it; returns the approval's leaf. */
function approve(scene: Scene, minute: number, order: SimulatedOrder, minor: number): string {
  const objectid = `A${scene.nextNumber()}`;
  const told = { source: accounts.serviceDesk, objectid };
  scene.tell(minute, {
    type: 'ApprovalRequested',
    ...told,
    data: {
      action: 'goodwill',
      about: [order.leaf],
      requestedBy: 'agent_3',
      amount: amount(minor),
    },
  });
  scene.tell(minute + 10, { type: 'ApprovalGranted', ...told, data: { decidedBy: 'lead_1' } });
  return leafOf('approval', [accounts.serviceDesk, objectid]);
}

type CreditTerms = Pick<
  EventData<'CreditGranted'>,
  'basis' | 'lines' | 'fee' | 'returnRef' | 'approvalId'
>;

function creditOn(scene: Scene, terms: CreditTerms) {
  const { legalEntity, currency } = retailer;
  return { creditMemo: `CM${scene.nextNumber()}`, legalEntity, currency, ...terms };
}

/** Asks the ledger to grant a credit. */
function askFor(scene: Scene, minute: number, order: SimulatedOrder, terms: CreditTerms): void {
  const credit = creditOn(scene, terms);
  scene.ask(minute, {
    route: '/v1/credits',
    client: order.account,
    idempotencyKey: credit.creditMemo,
    expected: 'accepted',
    body: { order: order.leaf, ...credit },
  });
}

/** Tells that the shop granted a credit, at the time it did; returns the memo's number. */
export function grant(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  terms: CreditTerms,
): string {
  const credit = creditOn(scene, terms);
  scene.tell(minute, {
    type: 'CreditGranted',
    source: order.account,
    objectid: order.objectid,
    data: credit,
  });
  return credit.creditMemo;
}
