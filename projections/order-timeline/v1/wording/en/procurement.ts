import { type ContextWording, notTold } from '../event-wording.js';
import { inWords, quantityOf } from './phrases.js';

export const procurementWording: ContextWording<'procurement'> = {
  ReplenishmentTriggered: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom)} of ${data.sku} to be bought for ${data.node}: ${inWords(data.trigger)}`,
    customer: notTold,
  },
  PurchaseOrderIssued: {
    internal: ({ data }) =>
      `Ordered ${quantityOf(data.qty, data.uom)} of ${data.sku} from ${data.supplier}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: notTold,
  },
  PurchaseOrderConfirmed: {
    internal: ({ data }) =>
      `Supplier promises ${quantityOf(data.qty, data.uom)}${data.expectedAt === undefined ? '' : ` for ${data.expectedAt}`}`,
    customer: notTold,
  },
  SupplierShipmentNotified: {
    internal: ({ data }) =>
      `Supplier sent ${quantityOf(data.qty, data.uom)}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: notTold,
  },
};
