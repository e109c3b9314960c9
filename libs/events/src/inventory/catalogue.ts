import { itemCostSet } from './item-cost-set.js';
import { stockAllocated } from './stock-allocated.js';
import { stockDeallocated } from './stock-deallocated.js';
import { stockIssued } from './stock-issued.js';
import { stockReceived } from './stock-received.js';

/** The events of stock and what it costs. */
export const inventoryEvents = {
  ItemCostSet: itemCostSet,
  StockReceived: stockReceived,
  StockAllocated: stockAllocated,
  StockDeallocated: stockDeallocated,
  StockIssued: stockIssued,
} as const;
