import { defineEvent } from '../event-definition.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { claimKeys } from './claim-keys.js';

export class CarrierClaimRejected {
  /** The carrier's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
  @Optional() @IsLeafOf('shipment') shipment?: string;
}

export const carrierClaimRejected = defineEvent({
  type: 'CarrierClaimRejected',
  dataClass: CarrierClaimRejected,
  schemaVersion: 1,
  categories: ['claim'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: claimKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the claim',
    touches: 'the claim and the shipment',
  },
  effect: {
    posts: { does: 'never', words: 'nothing was booked before the carrier accepts' },
    movesStock: { does: 'never', words: 'a claim is about money' },
  },
  description: 'A carrier rejected a claim.',
});
