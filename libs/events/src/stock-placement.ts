import { leafOf } from '#kernel';
import { homeOfHappening } from './placement.js';

/**
 * The homes of what happens to stock. A reservation is kept with what became of it; what moves units
 * without an allocation is kept alone, by the node's own id of it.
 */
export function homeOfReservation(authority: string, reservation: string, line: string): string {
  return leafOf('reservation', [authority, reservation, line]);
}

export function homeOfBackorder(authority: string, backorder: string, line: string): string {
  return leafOf('backorder', [authority, backorder, line]);
}

export function homeOfBucketMove(node: string, move: string, line: string): string {
  return leafOf('bucketMove', [node, move, line]);
}

export function homeOfAdjustment(node: string, adjustment: string, line: string): string {
  return leafOf('adjustment', [node, adjustment, line]);
}

export function homeOfWriteOff(node: string, writeOff: string, line: string): string {
  return leafOf('writeOff', [node, writeOff, line]);
}

export function homeOfSafetyStock(sku: string, node: string): string {
  return leafOf('safetyStock', [sku, node]);
}

/**
 * A document with hundreds of lines would join everything that is tied to any of them, so each line
 * of a purchase order, a transfer and a count has a home of its own, with the stock it is about.
 */
export function homeOfPurchaseOrderLine(purchaseOrder: string, line: string): string {
  return homeOfHappening('purchaseOrderLine', purchaseOrder, [line]);
}

export function homeOfTransferLine(transfer: string, line: string): string {
  return homeOfHappening('transferLine', transfer, [line]);
}

export function homeOfCountLine(stockCount: string, line: string): string {
  return homeOfHappening('countLine', stockCount, [line]);
}
