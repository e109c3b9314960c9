import { transferReceived } from './transfer-received.js';
import { transferRequested } from './transfer-requested.js';
import { transferShipped } from './transfer-shipped.js';
import { transferVarianceResolved } from './transfer-variance-resolved.js';

/** The events of goods on their way from node to node. */
export const transferEvents = {
  TransferRequested: transferRequested,
  TransferShipped: transferShipped,
  TransferReceived: transferReceived,
  TransferVarianceResolved: transferVarianceResolved,
} as const;
