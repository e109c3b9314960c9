import type { Tender } from '#events';
import { memoizeByObject, type Money } from '#kernel';
import { linesOfMovement } from '../settlements/settlement-lines.js';
import type { Effective, SubjectView } from '../subject-view.js';
import { creditMinor, orderMoneyOf, ownCredits } from './order-money.js';
import { type RefundChain, refundChainsOf } from './refund-chains.js';

export type RefundState =
  'granted' | 'requested' | 'approved' | 'rejected' | 'sent' | 'settled' | 'failed' | 'reversed';

/** Money that goes back to the customer, from its being granted to its being settled. */
export interface Refund {
  /** The id of the first event that tells of it. */
  readonly key: string;
  /** Null while nobody said which payment it goes back to. */
  readonly payment: string | null;
  /** The provider's own id, or null. */
  readonly refund: string | null;
  readonly tender: Tender | null;
  /** The part of this order. */
  readonly amount: Money;
  readonly state: RefundState;
  /** Comparable instants; null where it did not happen, or nobody says when. */
  readonly grantedAt: string | null;
  readonly approvedAt: string | null;
  readonly sentAt: string | null;
  readonly settledAt: string | null;
  /** When the customer should have the money, as the provider wrote it. */
  readonly expectedAt: string | null;
  /** By which the customer's bank finds the refund, or null. */
  readonly reference: string | null;
  readonly eventIds: readonly string[];
}

/** The refunds of the view's orders: first what is on its way or went, then what is only granted. */
export const refundsOf = memoizeByObject((view: SubjectView): readonly Refund[] => {
  const chains = refundChainsOf(view);
  const credits = ownCredits(view);
  if (chains.length === 0 && credits.length === 0) return [];
  const { creditOf, unmatched } = matchCredits(chains, credits);
  return [
    ...chains.map((chain) => refundOf(view, chain, creditOf.get(chain))),
    ...grantedOnly(view, unmatched),
  ];
});

interface MatchedCredits {
  readonly creditOf: ReadonlyMap<RefundChain, Effective<'CreditGranted'>>;
  readonly unmatched: readonly Effective<'CreditGranted'>[];
}

/** By the memo that a refund names; then, where neither names another, by the amount. */
function matchCredits(
  chains: readonly RefundChain[],
  credits: readonly Effective<'CreditGranted'>[],
): MatchedCredits {
  const creditOf = new Map<RefundChain, Effective<'CreditGranted'>>();
  const memos = new Set<string>();
  for (const chain of chains) {
    const credit = credits.find(({ event }) => event.data.creditMemo === chain.creditMemo);
    if (credit === undefined) continue;
    creditOf.set(chain, credit);
    memos.add(credit.event.eventId);
  }
  for (const credit of credits) {
    const { eventId, data } = credit.event;
    if (memos.has(eventId)) continue;
    const chain = chains.find(
      (each) =>
        each.creditMemo === null &&
        !creditOf.has(each) &&
        each.currency === data.currency &&
        each.amount === creditMinor(data),
    );
    if (chain === undefined) continue;
    creditOf.set(chain, credit);
    memos.add(eventId);
  }
  return { creditOf, unmatched: credits.filter(({ event }) => !memos.has(event.eventId)) };
}

function refundOf(
  view: SubjectView,
  chain: RefundChain,
  credit: Effective<'CreditGranted'> | undefined,
): Refund {
  const { request, approval, rejection, issued, failed, reversed, payment } = chain;
  const number = issued?.event.data.refund ?? failed?.event.data.refund ?? '';
  const [settled] =
    issued === undefined ? [] : linesOfMovement(view, 'refund', { payment, number });
  const members = [request, approval, rejection, issued, failed, reversed, credit];
  return {
    key: chain.key,
    payment,
    refund: number || null,
    tender:
      issued?.event.data.tender ?? failed?.event.data.tender ?? request?.event.data.tender ?? null,
    amount: { minor: Number(chain.amount), currency: chain.currency },
    state: stateOf(chain, settled !== undefined),
    grantedAt: credit?.resolved.at ?? null,
    approvedAt: approval?.resolved.at ?? null,
    sentAt: issued?.resolved.at ?? null,
    settledAt: settled?.at ?? null,
    expectedAt: issued?.event.data.expectedAt ?? null,
    reference: issued?.event.data.acquirerReference ?? null,
    eventIds: members.flatMap((member) => member?.event.eventId ?? []),
  };
}

function stateOf(chain: RefundChain, isSettled: boolean): RefundState {
  if (chain.reversed !== undefined) return 'reversed';
  if (chain.issued !== undefined) return isSettled ? 'settled' : 'sent';
  if (chain.failed !== undefined) return 'failed';
  if (chain.rejection !== undefined) return 'rejected';
  return chain.approval === undefined ? 'requested' : 'approved';
}

/** Of the credits that no refund is known for, what is owed: no more than came in and stayed. */
function grantedOnly(
  view: SubjectView,
  credits: readonly Effective<'CreditGranted'>[],
): readonly Refund[] {
  let owed = owedMinor(view);
  const granted: Refund[] = [];
  for (const { event, resolved } of credits) {
    if (event.data.currency !== orderMoneyOf(view).currency) continue;
    const credit = creditMinor(event.data);
    const amount = credit < owed ? credit : owed;
    if (amount <= 0n) continue;
    owed -= amount;
    granted.push({
      key: event.eventId,
      payment: null,
      refund: null,
      tender: null,
      amount: { minor: Number(amount), currency: event.data.currency },
      state: 'granted',
      grantedAt: resolved.at,
      approvedAt: null,
      sentAt: null,
      settledAt: null,
      expectedAt: null,
      reference: null,
      eventIds: [event.eventId],
    });
  }
  return granted;
}

/**
 * What was granted to the customer and has not gone back, in minor units of the order's currency:
 * neither refunded, nor taken by a dispute, nor moved to another order.
 */
export function owedMinor(view: SubjectView): bigint {
  const { captured, refunded, disputed, credited, transferred } = orderMoneyOf(view);
  const granted = credited - transferred;
  const back = refunded + disputed;
  return (granted < captured ? granted : captured) - back;
}
