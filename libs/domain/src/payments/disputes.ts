import type { EventType } from '#events';
import { memoizeByObject, type Money } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import { ownParts } from './payment-applications.js';

export type DisputeState = 'inquiry' | 'open' | 'won' | 'lost' | 'closed_by_refund';

/** A customer's bank asking for money back; amounts are parts of this order, in minor units. */
export interface Dispute {
  readonly payment: string;
  /** The provider's own id, empty where nobody knows it. */
  readonly dispute: string;
  readonly state: DisputeState;
  readonly currency: string;
  readonly amount: bigint;
  /** What it took and did not give back, without the fee. */
  readonly withdrawn: bigint;
  /** What the provider took for it and did not give back. */
  readonly fee: bigint;
  /** Comparable instant at which it was opened, null where unknown. */
  readonly openedAt: string | null;
  /** The provider takes evidence until then, as it wrote it. */
  readonly evidenceDueAt: string | null;
  /** True where a refund would pay the customer twice. */
  readonly doNotRefund: boolean;
  readonly eventIds: readonly string[];
}

/** What a dispute can be first told by; whatever else tells of one speaks of a known one. */
const openingTypes = [
  'DisputeOpened',
  'SecondChargebackReceived',
  'DisputeFundsWithdrawn',
  'DisputeFundsReinstated',
] as const;

type Draft = { -readonly [Field in keyof Dispute]: Dispute[Field] } & {
  /** When it was disputed again under its own number or none; what was decided before decides nothing. */
  againAt: string | null;
};

/** What tells of a dispute first, whatever it tells. */
interface Begun {
  readonly event: {
    readonly eventId: string;
    readonly leaf: string;
    readonly data: { readonly dispute: string; readonly amount: Money };
  };
  readonly resolved: { readonly at: string | null };
}

/** The disputes of the view's orders, in the order in which they were opened. */
export const disputesOf = memoizeByObject((view: SubjectView): readonly Dispute[] => {
  if (!openingTypes.some((type) => view.effective(type).length > 0)) return [];
  const drafts: Draft[] = [];
  for (const { effective, minor } of ownParts(view, 'DisputeOpened')) {
    const state = effective.event.data.kind === 'inquiry' ? 'inquiry' : 'open';
    draftOf(drafts, effective, minor).state = state;
  }
  for (const { effective, minor } of ownParts(view, 'SecondChargebackReceived')) {
    disputeAgain(drafts, effective, minor);
  }
  addFunds(view, drafts);
  if (drafts.length === 0) return [];
  addEvidence(view, drafts);
  addOutcomes(view, drafts);
  return drafts.map(({ againAt: _againAt, ...draft }) => ({
    ...draft,
    doNotRefund: isPaidByDispute(draft),
    eventIds: [...new Set(draft.eventIds)],
  }));
});

/** An inquiry takes no money, and a refund ends it; a won or closed dispute took none in the end. */
function isPaidByDispute({ state }: Pick<Dispute, 'state'>): boolean {
  return state === 'open' || state === 'lost';
}

function addFunds(view: SubjectView, drafts: Draft[]): void {
  for (const [type, sign] of [
    ['DisputeFundsWithdrawn', 1n],
    ['DisputeFundsReinstated', -1n],
  ] as const) {
    for (const { effective, minor } of ownParts(view, type)) {
      const { leaf, eventId, data } = effective.event;
      const draft = find(drafts, leaf, data.dispute) ?? begin(drafts, effective, minor);
      draft.withdrawn += sign * minor;
      draft.fee += sign * BigInt(data.fee?.minor ?? 0);
      draft.eventIds = [...draft.eventIds, eventId];
      // An inquiry takes no money: what takes money is a chargeback.
      if (draft.state === 'inquiry') draft.state = 'open';
    }
  }
}

function addEvidence(view: SubjectView, drafts: Draft[]): void {
  for (const { event } of view.effective('DisputeEvidenceDue')) {
    const draft = find(drafts, event.leaf, event.data.dispute);
    if (draft === undefined) continue;
    // Who names the dispute knows better than who does not.
    if (draft.evidenceDueAt === null || event.data.dispute !== '') {
      draft.evidenceDueAt = event.data.dueAt;
    }
    draft.eventIds = [...draft.eventIds, event.eventId];
  }
}

/** A refund that closed it beats what is won, and that beats what is lost: the money is there. */
function addOutcomes(view: SubjectView, drafts: Draft[]): void {
  const outcomes = [
    ['DisputeLost', 'lost'],
    ['DisputeWon', 'won'],
    ['DisputeClosedByRefund', 'closed_by_refund'],
  ] as const satisfies readonly (readonly [EventType, DisputeState])[];
  for (const [type, state] of outcomes) {
    for (const { event, resolved } of view.effective(type)) {
      const draft = find(drafts, event.leaf, event.data.dispute);
      if (draft === undefined) continue;
      const { againAt } = draft;
      if (againAt === null || resolved.at === null || resolved.at > againAt) draft.state = state;
      draft.eventIds = [...draft.eventIds, event.eventId];
    }
  }
}

/**
 * A second chargeback with a number of its own is another dispute. One without is of the dispute it
 * names, or of the payment's only one: the same money is asked for again, and not once more.
 */
function disputeAgain(
  drafts: Draft[],
  effective: Effective<'SecondChargebackReceived'>,
  minor: bigint,
): void {
  const { leaf, eventId, data } = effective.event;
  const known =
    data.dispute === ''
      ? find(drafts, leaf, data.firstDispute ?? '')
      : exactly(drafts, leaf, data.dispute);
  if (known === undefined) {
    begin(drafts, effective, minor);
    return;
  }
  known.state = 'open';
  known.againAt = effective.resolved.at;
  if (minor > known.amount) known.amount = minor;
  known.eventIds = [...known.eventIds, eventId];
}

function draftOf(drafts: Draft[], effective: Effective<'DisputeOpened'>, minor: bigint): Draft {
  const { leaf, data } = effective.event;
  const known = exactly(drafts, leaf, data.dispute);
  if (known === undefined) return begin(drafts, effective, minor);
  known.amount += minor;
  known.eventIds = [...known.eventIds, effective.event.eventId];
  return known;
}

function begin(drafts: Draft[], { event, resolved }: Begun, minor: bigint): Draft {
  const draft: Draft = {
    payment: event.leaf,
    dispute: event.data.dispute,
    state: 'open',
    currency: event.data.amount.currency,
    amount: minor,
    withdrawn: 0n,
    fee: 0n,
    openedAt: resolved.at,
    evidenceDueAt: null,
    doNotRefund: false,
    againAt: null,
    eventIds: [event.eventId],
  };
  drafts.push(draft);
  return draft;
}

function exactly(drafts: readonly Draft[], leaf: string, wanted: string): Draft | undefined {
  return drafts.find(({ payment, dispute }) => payment === leaf && dispute === wanted);
}

/** By its id; a report without one speaks of the payment's only dispute. */
function find(drafts: readonly Draft[], leaf: string, wanted: string): Draft | undefined {
  const ofPayment = drafts.filter(({ payment }) => payment === leaf);
  const exact = ofPayment.find(({ dispute }) => dispute === wanted);
  if (exact !== undefined) return exact;
  const [only] = ofPayment;
  const isUnnamed = wanted === '' || only?.dispute === '';
  return isUnnamed && ofPayment.length === 1 ? only : undefined;
}
