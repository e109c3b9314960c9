import { type ContextWording, notTold } from '../event-wording.js';
import { because } from './phrases.js';

export const inventoryWording: ContextWording<'inventory'> = {
  ItemCostSet: {
    internal: ({ data }) =>
      `Set the cost of ${data.sku} to ${data.cost.decimal} ${data.cost.currency} from ${data.validFrom}`,
    customer: notTold,
  },
  StockReceived: {
    internal: ({ data }) =>
      `Received ${data.qty} ${data.uom} from ${data.cause === 'return' ? 'a return' : 'a purchase'} (${data.receipt})`,
    customer: notTold,
  },
  StockAllocated: {
    internal: ({ data }) => `Reserved ${data.qty} ${data.uom} for line ${data.orderLine}`,
    customer: notTold,
  },
  StockDeallocated: {
    internal: ({ data }) => `Gave ${data.qty} reserved ${data.uom} back${because(data.reason)}`,
    customer: notTold,
  },
  StockIssued: {
    internal: ({ data }) => `Took ${data.qty} ${data.uom} from stock for shipment ${data.shipment}`,
    customer: notTold,
  },
};
