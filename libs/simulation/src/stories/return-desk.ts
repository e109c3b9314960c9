import { leafOf } from '#kernel';
import { creditOf, type PricedLine } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount, owner } from '../step.js';
import { grant } from './credits.js';
import type { SimulatedOrder } from './orders.js';
import { refund, type SimulatedPayment } from './payments.js';

/** A return that goes through the desk: asked for, allowed, sent, received, looked at, paid out. */
export interface DeskReturn {
  readonly leaf: string;
  readonly minor: number;
}

const hour = 60;
const day = 24 * hour;

/** The whole of a line comes back by way of the returns desk; returns what was refunded. */
export function returnByDesk(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  payment: SimulatedPayment,
): DeskReturn {
  const objectid = `RMA${scene.nextNumber()}`;
  const source = accounts.returnsDesk;
  const leaf = leafOf('return', [source, objectid]);
  askForReturn(scene, minute, order, line, objectid);
  arrive(scene, minute + 2 * day, order, line, objectid);
  const { netMinor, taxMinor } = creditOf(line, line.qty);
  const minor = netMinor + taxMinor;
  const creditMemo = grant(scene, minute + 2 * day + 2 * hour, order, {
    basis: 'return',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor), line: line.line, qty: line.qty }],
    returnRef: leaf,
  });
  const request = `RQ${scene.nextNumber()}`;
  const asked = {
    request,
    amount: amount(minor),
    orderRefs: [{ order: order.leaf, amount: amount(minor) }],
  };
  const at = { source: accounts.orderManagement, account: accounts.paymentProvider };
  scene.tell(minute + 2 * day + 3 * hour, {
    type: 'RefundRequested',
    ...at,
    objectid: payment.objectid,
    data: { ...asked, basis: 'return', returnRef: leaf, creditMemo },
  });
  scene.tell(minute + 2 * day + 4 * hour, {
    type: 'RefundApproved',
    ...at,
    objectid: payment.objectid,
    data: asked,
  });
  refund(scene, minute + 2 * day + 5 * hour, payment, { order, minor }, creditMemo);
  return { leaf, minor };
}

function askForReturn(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  line: PricedLine,
  objectid: string,
): void {
  const source = accounts.returnsDesk;
  scene.tell(minute, {
    type: 'ReturnRequested',
    source,
    objectid,
    data: {
      lines: [{ order: order.leaf, orderLine: line.line, qty: line.qty, reason: 'too_small' }],
      channel: 'web',
      requestedBy: 'customer',
    },
  });
  scene.tell(minute + 1, {
    type: 'ReturnRiskScored',
    source,
    objectid,
    data: { score: '0.12', model: 'returns-3', recommendation: 'approve' },
  });
  scene.tell(minute + 2, {
    type: 'ReturnAuthorized',
    source,
    objectid,
    data: {
      authorization: objectid,
      returnUntil: scene.dayOf(minute + 30 * day),
      decidedBy: 'policy',
    },
  });
  scene.tell(minute + day, {
    type: 'ReturnInTransit',
    source: accounts.carrier,
    account: source,
    objectid,
    data: { carrier: 'dhl', tracking: `R00340434${objectid.slice(3)}` },
  });
}

function arrive(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { line: orderLine, sku = '', qty }: PricedLine,
  objectid: string,
): void {
  const receipt = `RR-${objectid}`;
  const at = { source: accounts.warehouse, account: accounts.returnsDesk, objectid };
  const what = { line: '1', sku, qty, node: retailer.warehouse, order: order.leaf, orderLine };
  scene.tell(minute, { type: 'ReturnReceived', ...at, data: { ...what, receipt } });
  scene.tell(minute, {
    type: 'StockReceived',
    source: accounts.warehouse,
    sku,
    node: retailer.warehouse,
    data: {
      owner,
      qty,
      uom: retailer.uom,
      cause: 'return',
      bucket: 'quality_control',
      receipt,
      line: '1',
      returnRef: leafOf('return', [accounts.returnsDesk, objectid]),
    },
  });
  scene.tell(minute + hour, {
    type: 'ReturnItemInspected',
    ...at,
    data: { ...what, inspection: `QC-${objectid}`, grade: 'A', resellable: true },
  });
  scene.tell(minute + hour + 5, {
    type: 'ReturnItemDisposed',
    ...at,
    data: { ...what, disposal: `DP-${objectid}`, disposition: 'restocked' },
  });
  scene.tell(minute + hour + 6, {
    type: 'StockBucketMoved',
    source: accounts.warehouse,
    sku,
    node: retailer.warehouse,
    data: {
      owner,
      qty,
      uom: retailer.uom,
      from: 'quality_control',
      to: 'sellable',
      move: `MV-${objectid}`,
      line: '1',
    },
  });
}
