import { carrierClaimAccepted } from './carrier-claim-accepted.js';
import { carrierClaimFiled } from './carrier-claim-filed.js';
import { carrierClaimPaid } from './carrier-claim-paid.js';
import { carrierClaimRejected } from './carrier-claim-rejected.js';

/** The events of a claim against a carrier. */
export const claimEvents = {
  CarrierClaimFiled: carrierClaimFiled,
  CarrierClaimAccepted: carrierClaimAccepted,
  CarrierClaimRejected: carrierClaimRejected,
  CarrierClaimPaid: carrierClaimPaid,
} as const;
