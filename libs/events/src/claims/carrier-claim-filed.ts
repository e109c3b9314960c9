import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfAmount } from '../measures.js';
import { OrderLineUnits } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { claimKeys, claimPart } from './claim-keys.js';

export const claimCauses = ['lost', 'damaged', 'late', 'overcharged', 'other'] as const;
export type ClaimCause = (typeof claimCauses)[number];

export class CarrierClaimFiled {
  @IsLeafOf('shipment') shipment!: string;
  @IsOneOf(claimCauses) cause!: ClaimCause;
  /** What is claimed. */
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  /** The units that are lost or damaged, where it is not the whole shipment. */
  @Optional() @IsListOf(() => OrderLineUnits) lines?: OrderLineUnits[];
  /** The carrier decides until this day or instant. */
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const carrierClaimFiled = defineEvent({
  type: 'CarrierClaimFiled',
  dataClass: CarrierClaimFiled,
  schemaVersion: 1,
  categories: ['claim'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  part: claimPart,
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfAmount,
  personalData: [],
  keys: claimKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the claim and the shipment',
    touches: 'the claim, the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is owed before the carrier accepts it' },
    movesStock: { does: 'never', words: 'a claim is about money' },
  },
  description: 'A carrier was asked to pay for what it lost, damaged or brought late.',
});
