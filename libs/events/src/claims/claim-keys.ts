import type { EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { ordersOfLines } from '../shared-parts.js';

interface ClaimData {
  shipment?: string;
  lines?: readonly { readonly order?: string }[];
}

/** A claim lives by itself, and is shown with its shipment and the orders that this carried. */
export function claimKeys({ leaf, data }: EventParts<ClaimData>): EventKeys {
  return keys(leaf, {
    connects: data.shipment === undefined ? [] : [data.shipment],
    subjects: ordersOfLines(data.lines),
  });
}
