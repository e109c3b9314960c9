import { leafOf } from '#kernel';
import { totalMinor } from '../pricing.js';
import { accounts, type Article, articles, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { captureWebOrder, type SimulatedOrder, unitsOf } from './orders.js';
import { authorize, capture, startPayment } from './payments.js';
import { dayMinutes, type Story } from './story.js';

const units = 10;
const overchargedMinor = 100;
const freightMinor = 1_500;

/** The supplier sends to the customer and invoices more than was ordered, and freight besides. */
export const dropShipped: Story = (scene, minute) => {
  const begun = minute - 6 * dayMinutes;
  const article = scene.random.pick(articles);
  const order = captureWebOrder(scene, begun, [{ article, qty: units }]);
  const payment = startPayment(scene);
  const part = { order, minor: totalMinor(order.lines) };
  authorize(scene, begun + 1, payment, [part]);
  const purchase = buy(scene, begun + 30, order, article);
  const shipped = begun + 2 * dayMinutes;
  scene.tell(shipped, {
    type: 'ShipmentDispatched',
    source: accounts.supplier,
    objectid: `DS${order.number}`,
    data: {
      kind: 'original',
      lines: unitsOf(order, order.lines),
      trackings: [{ carrier: 'dhl', tracking: `KI${order.number}` }],
    },
  });
  capture(scene, shipped, payment, [part]);
  scene.tell(shipped + dayMinutes, {
    type: 'ShipmentDelivered',
    source: accounts.supplier,
    objectid: `DS${order.number}`,
    data: { carrier: 'dhl', tracking: `KI${order.number}` },
  });
  beInvoiced(scene, minute, order, article, purchase);
  return order;
};

function costMinorOf({ cost }: Article): number {
  return Number(cost.replace('.', ''));
}

/** Orders the units from the supplier and returns the leaf of the purchase order. */
function buy(scene: Scene, minute: number, order: SimulatedOrder, article: Article): string {
  const objectid = `PO${order.number}`;
  const what = { line: '1', qty: units, uom: retailer.uom };
  scene.tell(minute, {
    type: 'PurchaseOrderIssued',
    source: accounts.purchasing,
    objectid,
    version: '1',
    data: {
      ...what,
      supplier: retailer.supplier,
      legalEntity: retailer.legalEntity,
      sku: article.sku,
      unitCost: { decimal: article.cost, currency: retailer.currency },
      shipTo: 'customer',
      order: order.leaf,
      orderLine: '1',
    },
  });
  const at = { source: accounts.supplier, account: accounts.purchasing, objectid };
  scene.tell(minute + 120, {
    type: 'PurchaseOrderConfirmed',
    ...at,
    data: { ...what, confirmation: `AB${order.number}` },
  });
  scene.tell(minute + 2 * dayMinutes, {
    type: 'SupplierShipmentNotified',
    ...at,
    data: { ...what, notice: `LS${order.number}`, carrier: 'dhl', tracking: `KI${order.number}` },
  });
  return leafOf('purchaseOrder', [accounts.purchasing, objectid]);
}

function beInvoiced(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  article: Article,
  purchaseOrder: string,
): void {
  const orderedMinor = costMinorOf(article) * units;
  const invoicedMinor = orderedMinor + overchargedMinor * units;
  const of = { purchaseOrder, purchaseOrderLine: '1' };
  const at = { account: accounts.supplier, objectid: `INV${order.number}` };
  const { legalEntity, currency } = retailer;
  scene.tell(minute - 2 * dayMinutes, {
    type: 'SupplierInvoiceReceived',
    source: accounts.purchasing,
    ...at,
    data: {
      legalEntity,
      currency,
      lines: [
        {
          line: '1',
          net: amount(invoicedMinor),
          tax: amount(0),
          qty: units,
          order: order.leaf,
          ...of,
        },
        { line: '2', net: amount(freightMinor), tax: amount(0), order: order.leaf },
      ],
    },
  });
  scene.tell(minute - dayMinutes, {
    type: 'SupplierInvoiceMatched',
    source: accounts.purchasing,
    ...at,
    data: {
      line: '1',
      received: amount(orderedMinor),
      priceVariance: amount(invoicedMinor - orderedMinor),
      tax: amount(0),
      legalEntity,
      ...of,
    },
  });
  scene.tell(minute - dayMinutes, {
    type: 'SupplierInvoiceMismatched',
    source: accounts.purchasing,
    ...at,
    data: {
      line: '2',
      difference: 'not_ordered',
      expected: amount(0),
      invoiced: amount(freightMinor),
    },
  });
  scene.tell(minute, {
    type: 'SupplierCreditNoteReceived',
    source: accounts.purchasing,
    account: accounts.supplier,
    objectid: `CN${order.number}`,
    data: {
      legalEntity,
      currency,
      lines: [{ line: '1', net: amount(freightMinor), tax: amount(0), order: order.leaf }],
      invoice: leafOf('supplierInvoice', [accounts.supplier, at.objectid]),
      reason: 'freight_not_agreed',
    },
  });
}
