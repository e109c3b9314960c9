import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsLeafOf, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { claimKeys, claimPart } from './claim-keys.js';

export class CarrierClaimAccepted {
  /** What the carrier will pay, which may be less than was claimed. */
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsLeafOf('shipment') shipment?: string;
}

export const carrierClaimAccepted = defineEvent({
  type: 'CarrierClaimAccepted',
  dataClass: CarrierClaimAccepted,
  schemaVersion: 1,
  categories: ['claim'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  part: claimPart,
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfAmount,
  personalData: [],
  keys: claimKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the claim and the shipment, where it names one',
    touches: 'the claim and the shipment, else all shipments of the claim',
  },
  effect: {
    posts: { does: 'later', words: 'Dr claims receivable / Cr recovery of losses' },
    movesStock: { does: 'never', words: 'a claim is about money' },
  },
  description: 'A carrier accepted a claim.',
});
