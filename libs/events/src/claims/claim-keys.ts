import type { EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';

interface ClaimData {
  shipment?: string;
  lines?: readonly { readonly order?: string }[];
}

/**
 * A lost lorry is one claim over hundreds of shipments, so that what is said of each shipment is a
 * home of its own, joined with that shipment alone. What is said of the claim as a whole lies on its
 * leaf, with what corrects any of it, and is read by every part.
 */
export function claimKeys({
  eventId,
  leaf,
  data,
}: EventParts<ClaimData> & { readonly eventId: string }): EventKeys {
  const { shipment, lines } = data;
  if (shipment === undefined) return keys(leaf, { connects: [eventName(eventId)] });
  return keys(homeOfHappening('claimPart', leaf, [shipment]), {
    connects: [eventName(eventId), shipment],
    subjects: ordersOfLines(lines),
    reads: [leaf],
  });
}

/** The shipment that a report of a claim speaks of; empty where it is of all of them. */
export function claimPart({ data }: EventParts<ClaimData>): string {
  return data.shipment ?? '';
}
