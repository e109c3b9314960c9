import { type ContextWording, notTold } from '../event-wording.js';
import { inWords } from './phrases.js';

export const procurementWording: ContextWording<'procurement'> = {
  ReplenishmentTriggered: {
    internal: ({ data }) =>
      `${data.qty} ${data.uom} of ${data.sku} to be bought for ${data.node}: ${inWords(data.trigger)}`,
    customer: notTold,
  },
  PurchaseOrderIssued: {
    internal: ({ data }) =>
      `Ordered ${data.qty} ${data.uom} of ${data.sku} from ${data.supplier}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: notTold,
  },
  PurchaseOrderConfirmed: {
    internal: ({ data }) =>
      `Supplier promises ${data.qty} ${data.uom}${data.expectedAt === undefined ? '' : ` for ${data.expectedAt}`}`,
    customer: notTold,
  },
  SupplierShipmentNotified: {
    internal: ({ data }) =>
      `Supplier sent ${data.qty} ${data.uom}${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: notTold,
  },
};
