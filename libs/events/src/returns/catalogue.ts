import { returnAuthorized } from './return-authorized.js';
import { returnDeclined } from './return-declined.js';
import { returnExpired } from './return-expired.js';
import { returnInTransit } from './return-in-transit.js';
import { returnItemDisposed } from './return-item-disposed.js';
import { returnItemInspected } from './return-item-inspected.js';
import { returnReceived } from './return-received.js';
import { returnRequested } from './return-requested.js';
import { returnRiskScored } from './return-risk-scored.js';

/** The events of what comes back. */
export const returnEvents = {
  ReturnReceived: returnReceived,
  ReturnRequested: returnRequested,
  ReturnRiskScored: returnRiskScored,
  ReturnAuthorized: returnAuthorized,
  ReturnDeclined: returnDeclined,
  ReturnInTransit: returnInTransit,
  ReturnExpired: returnExpired,
  ReturnItemInspected: returnItemInspected,
  ReturnItemDisposed: returnItemDisposed,
} as const;
