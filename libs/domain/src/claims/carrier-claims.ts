import type { Money } from '#kernel';
import {
  inOccurrenceOrder,
  type Milestone,
  milestoneOf,
  type ThingFacts,
  thingsOf,
} from '../fulfilment/things.js';
import type { SubjectView } from '../subject-view.js';

export type CarrierClaimState = 'filed' | 'accepted' | 'rejected' | 'partly_paid' | 'paid';

/** What a carrier is asked to pay for goods that it lost or damaged. */
export interface CarrierClaim {
  /** Its leaf. */
  readonly claim: string;
  readonly state: CarrierClaimState;
  /** Null where only a later step is known. */
  readonly shipment: string | null;
  readonly claimed: Money | null;
  /** What the carrier will pay, which may be less; null while it has not said so. */
  readonly accepted: Money | null;
  /** What it paid, in minor units of what was claimed or accepted. */
  readonly paid: bigint;
  /** The carrier decides until then, as it was written. */
  readonly dueAt: string | null;
  readonly filed: Milestone | null;
  readonly decided: Milestone | null;
}

/** The carrier claims of the homes given. */
export function carrierClaimsOf(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly CarrierClaim[] {
  return thingsOf(view, attached, [
    'CarrierClaimFiled',
    'CarrierClaimAccepted',
    'CarrierClaimRejected',
    'CarrierClaimPaid',
  ]).map(claimOf);
}

function claimOf(facts: ThingFacts): CarrierClaim {
  const filed = facts.effective('CarrierClaimFiled').at(-1)?.event.data;
  const accepted = facts.effective('CarrierClaimAccepted').at(-1)?.event.data;
  const payments = facts.effective('CarrierClaimPaid');
  const owed = accepted?.amount ?? filed?.amount;
  const paid = payments
    .filter(({ event }) => owed === undefined || event.data.amount.currency === owed.currency)
    .reduce((sum, { event }) => sum + BigInt(event.data.amount.minor), 0n);
  const decisions = [
    ...facts.effective('CarrierClaimAccepted'),
    ...facts.effective('CarrierClaimRejected'),
  ];
  return {
    claim: facts.leaf,
    state: stateOf(facts, paid, owed),
    shipment: filed?.shipment ?? accepted?.shipment ?? payments[0]?.event.data.shipment ?? null,
    claimed: filed?.amount ?? null,
    accepted: accepted?.amount ?? null,
    paid,
    dueAt: filed?.dueAt ?? null,
    filed: milestoneOf(facts.effective('CarrierClaimFiled')),
    decided: milestoneOf(inOccurrenceOrder(decisions)),
  };
}

/** Money that came decides: a carrier that paid has accepted, whatever it said. */
function stateOf(facts: ThingFacts, paid: bigint, owed: Money | undefined): CarrierClaimState {
  if (paid > 0n) return owed !== undefined && paid < BigInt(owed.minor) ? 'partly_paid' : 'paid';
  if (facts.effective('CarrierClaimAccepted').length > 0) return 'accepted';
  if (facts.effective('CarrierClaimRejected').length > 0) return 'rejected';
  return 'filed';
}
