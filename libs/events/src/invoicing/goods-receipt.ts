import type { EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, homeOfReceipt } from '../placement.js';

interface ReceiptLine {
  node: string;
  receipt: string;
  line: string;
}

/** What is said of a receipt is kept with the receipt: its purchase order may have hundreds. */
export function receiptKeys({
  eventId,
  data,
}: EventParts<ReceiptLine> & { readonly eventId: string }): EventKeys {
  return keys(homeOfReceipt(data.node, data.receipt, data.line), {
    connects: [eventName(eventId)],
  });
}
