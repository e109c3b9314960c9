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
  /** The first of the view's shipments that it names; null where only later steps are known. */
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

/** The carrier claims of the homes given, with what is claimed for the view's shipments alone. */
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
  const filings = facts.effective('CarrierClaimFiled');
  const acceptances = ofPartsElseWhole(facts.effective('CarrierClaimAccepted'));
  const payments = ofPartsElseWhole(facts.effective('CarrierClaimPaid'));
  const [claimed, accepted] = [sumOf(filings), sumOf(acceptances)];
  const owed = accepted ?? claimed;
  const paid = BigInt(sumOf(payments, owed?.currency)?.minor ?? 0);
  const decisions = [
    ...facts.effective('CarrierClaimAccepted'),
    ...facts.effective('CarrierClaimRejected'),
  ];
  return {
    claim: facts.leaf,
    state: stateOf(facts, paid, owed),
    shipment:
      [...filings, ...acceptances, ...payments].find(({ event }) => event.data.shipment)?.event.data
        .shipment ?? null,
    claimed,
    accepted,
    paid,
    dueAt: filings.at(-1)?.event.data.dueAt ?? null,
    filed: milestoneOf(filings),
    decided: milestoneOf(inOccurrenceOrder(decisions)),
  };
}

interface ClaimedAmount {
  readonly event: { readonly data: { readonly shipment?: string; readonly amount: Money } };
}

/** What is said of a shipment is said more exactly than what is said of the whole claim. */
function ofPartsElseWhole<Told extends ClaimedAmount>(told: readonly Told[]): readonly Told[] {
  const ofParts = told.filter(({ event }) => event.data.shipment !== undefined);
  return ofParts.length > 0 ? ofParts : told;
}

/** Null where nothing is told; other currencies than the given or the last one are left out. */
function sumOf(told: readonly ClaimedAmount[], currency = told.at(-1)?.event.data.amount.currency) {
  if (told.length === 0 || currency === undefined) return null;
  const minor = told
    .filter(({ event }) => event.data.amount.currency === currency)
    .reduce((sum, { event }) => sum + event.data.amount.minor, 0);
  return { minor, currency };
}

/** Money that came decides: a carrier that paid has accepted, whatever it said. */
function stateOf(facts: ThingFacts, paid: bigint, owed: Money | null): CarrierClaimState {
  if (paid > 0n) return owed !== null && paid < BigInt(owed.minor) ? 'partly_paid' : 'paid';
  if (facts.effective('CarrierClaimAccepted').length > 0) return 'accepted';
  if (facts.effective('CarrierClaimRejected').length > 0) return 'rejected';
  return 'filed';
}
