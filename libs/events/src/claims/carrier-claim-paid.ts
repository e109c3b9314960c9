import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { claimKeys, claimPart } from './claim-keys.js';

export class CarrierClaimPaid {
  /** The carrier's own id of the remittance: a claim may be paid in parts. */
  @IsIdentifier() remittance!: string;
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsLeafOf('shipment') shipment?: string;
}

export const carrierClaimPaid = defineEvent({
  type: 'CarrierClaimPaid',
  dataClass: CarrierClaimPaid,
  schemaVersion: 1,
  categories: ['claim'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.remittance],
  part: claimPart,
  businessKey: ({ leaf, data }) => [leaf, data.remittance],
  measure: measureOfAmount,
  personalData: [],
  keys: claimKeys,
  words: {
    discriminators: "the remittance's id",
    businessKey: 'the claim, the remittance and the shipment, where it names one',
    touches: 'the claim and the shipment, else all shipments of the claim',
  },
  effect: {
    posts: { does: 'later', words: 'Dr bank / Cr claims receivable' },
    movesStock: { does: 'never', words: 'a claim is about money' },
  },
  description: 'A carrier paid for a claim.',
});
