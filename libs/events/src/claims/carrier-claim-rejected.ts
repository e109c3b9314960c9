import { defineEvent } from '../event-definition.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { claimKeys, claimPart } from './claim-keys.js';

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
  part: claimPart,
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: claimKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the claim and the shipment, where it names one',
    touches: 'the claim and the shipment, else all shipments of the claim',
  },
  effect: {
    posts: { does: 'never', words: 'nothing was booked before the carrier accepts' },
    movesStock: { does: 'never', words: 'a claim is about money' },
  },
  description: 'A carrier rejected a claim.',
});
