import { leafOf } from '#kernel';
import { totalMinor } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { carrier, deliver, ship } from './fulfilment.js';
import { named, orderTotalMinor, type SimulatedOrder, unitsOf } from './orders.js';
import { capture } from './payments.js';
import { allUnits, deliveredAfter, openWebOrder, sentAfter, type Story } from './story.js';

/** A plain order of which every system that touched it tells, from the checks to the invoice. */
export const observed: Story = (scene, minute) => {
  const { order, payment } = openWebOrder(scene, minute);
  check(scene, minute + 2, order);
  releaseToWarehouse(scene, minute + 15, order);
  pickAndPack(scene, minute + 120, order);
  capture(scene, minute + sentAfter, payment, [{ order, minor: orderTotalMinor(order) }]);
  const parcel = ship(scene, minute + sentAfter, order, allUnits(order.goods));
  scene.tell(minute + sentAfter - 20, {
    type: 'ShippingLabelGenerated',
    source: accounts.warehouse,
    objectid: parcel.objectid,
    data: { carrier, tracking: parcel.tracking, service: 'parcel', cost: amount(395) },
  });
  invoice(scene, minute + sentAfter + 30, order, parcel.leaf);
  notify(scene, minute + sentAfter + 35, order, 'order_sent');
  deliver(scene, minute + deliveredAfter, parcel, 'instant');
  notify(scene, minute + deliveredAfter + 5, order, 'order_delivered');
  scene.tell(minute + deliveredAfter + 60, {
    type: 'OrderCompleted',
    source: accounts.orderManagement,
    ...named(order),
    data: {
      lines: order.goods.map(({ line, qty }) => ({ line, outcome: 'fulfilled', qty })),
    },
  });
  return order;
};

function check(scene: Scene, minute: number, order: SimulatedOrder): void {
  const told = named(order);
  scene.tell(minute, {
    type: 'OrderValidated',
    source: accounts.orderManagement,
    ...told,
    data: { validator: 'address', validation: `VA${order.number}`, checks: ['postal_code'] },
  });
  scene.tell(minute, {
    type: 'TaxDetermined',
    source: accounts.purchasing,
    ...told,
    data: {
      engine: 'erp',
      determination: `TX${order.number}`,
      currency: retailer.currency,
      lines: order.lines.map(({ line, taxMinor }) => ({
        line,
        taxes: [{ amount: amount(taxMinor), liable: 'seller' as const, ratePercent: '19' }],
      })),
    },
  });
  scene.tell(minute + 3, {
    type: 'OrderAcknowledgedByErp',
    source: accounts.purchasing,
    ...told,
    data: {
      erpDocument: `SO${order.number}`,
      lines: order.lines.map(({ line, qty }) => ({ line, verdict: 'accepted', qty })),
    },
  });
}

function releaseToWarehouse(scene: Scene, minute: number, order: SimulatedOrder): void {
  const source = accounts.orderManagement;
  const objectid = `F${order.number}`;
  const node = retailer.warehouse;
  scene.tell(minute, {
    type: 'SourcingDecided',
    source,
    objectid,
    data: {
      sourcing: `SD${order.number}`,
      lines: unitsOf(order).map((units) => ({ ...units, node })),
      candidates: [
        { node, score: '0.92' },
        { node: 'store_leipzig', ruledOutBy: 'capacity' },
      ],
      ruleVersion: 'sourcing-4',
    },
  });
  scene.tell(minute + 1, {
    type: 'OrderReleased',
    source,
    ...named(order),
    data: { target: node, release: `RL${order.number}` },
  });
  const request = `FQ${order.number}`;
  scene.tell(minute + 2, {
    type: 'FulfilmentRequested',
    source,
    objectid,
    data: { node, lines: unitsOf(order), request },
  });
  scene.tell(minute + 4, {
    type: 'FulfilmentAccepted',
    source: accounts.warehouse,
    account: source,
    objectid,
    data: { request },
  });
}

function pickAndPack(scene: Scene, minute: number, order: SimulatedOrder): void {
  const at = {
    source: accounts.warehouse,
    account: accounts.orderManagement,
    objectid: `F${order.number}`,
  };
  const lines = unitsOf(order);
  const picking = `PK${order.number}`;
  scene.tell(minute, { type: 'ItemsPicked', ...at, data: { lines, picking } });
  scene.tell(minute + 30, { type: 'ItemsPacked', ...at, data: { lines, carton: '1' } });
}

function invoice(scene: Scene, minute: number, order: SimulatedOrder, shipment: string): void {
  const { legalEntity, currency } = retailer;
  const objectid = `RE${order.number}`;
  const document = {
    legalEntity,
    currency,
    shipment,
    total: amount(totalMinor(order.lines)),
    lines: order.lines.map((line) => ({
      line: line.line,
      net: amount(line.grossMinor - line.discountMinor),
      tax: amount(line.taxMinor),
      order: order.leaf,
      orderLine: line.line,
      qty: line.qty,
      kind: line.kind,
    })),
  };
  const at = { source: accounts.purchasing, objectid };
  scene.tell(minute, { type: 'InvoiceIssued', ...at, data: document });
  scene.tell(minute + 5, {
    type: 'RevenueRecognized',
    ...at,
    data: { ...document, document: `RV${order.number}` },
  });
  scene.tell(minute + 60, {
    type: 'CarrierInvoiceReceived',
    source: accounts.purchasing,
    account: accounts.carrier,
    objectid: `CI-${scene.dayOf(minute)}`,
    data: {
      line: String(order.number),
      charge: 'freight',
      net: amount(395),
      tax: amount(75),
      legalEntity,
      shipment,
    },
  });
  scene.tell(minute + 10, {
    type: 'ExternalReferenceAttached',
    source: accounts.purchasing,
    subject: order.leaf,
    data: {
      object: order.leaf,
      referenceType: 'invoice',
      reference: leafOf('invoice', [accounts.purchasing, objectid]),
    },
  });
}

function notify(scene: Scene, minute: number, order: SimulatedOrder, template: string): void {
  scene.tell(minute, {
    type: 'CustomerNotified',
    source: accounts.webShop,
    ...named(order),
    data: { template, medium: 'email', notification: `N${scene.nextNumber()}` },
  });
}
