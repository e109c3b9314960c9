import { payoutReceived } from './payout-received.js';
import { settlementLineReported } from './settlement-line-reported.js';

/** The events of what providers and marketplaces pay out. */
export const settlementEvents = {
  SettlementLineReported: settlementLineReported,
  PayoutReceived: payoutReceived,
} as const;
