import { thingLeafOf } from '../requests/thing-leaf.js';

/** The leaf of an order from what stands in the address: a leaf, or with its account a raw id. */
export function orderLeafOf(id: string, account: string | undefined): string {
  return thingLeafOf('order', id, account);
}
