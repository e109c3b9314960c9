import type { EventOf } from '#events';
import { compareInstants } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';
import { ownParts } from './payment-applications.js';

/** All that tells of one refund. */
export interface RefundChain {
  readonly key: string;
  readonly payment: string;
  readonly amount: bigint;
  readonly currency: string;
  /** The memo of the credit it is for, where one of its events names it. */
  readonly creditMemo: string | null;
  readonly request: Effective<'RefundRequested'> | undefined;
  readonly approval: Effective<'RefundApproved'> | undefined;
  readonly rejection: Effective<'RefundRejected'> | undefined;
  readonly issued: Effective<'RefundIssued'> | undefined;
  readonly failed: Effective<'RefundFailed'> | undefined;
  readonly reversed: Effective<'RefundReversed'> | undefined;
}

type Chain = { -readonly [Field in keyof RefundChain]: RefundChain[Field] };

interface ChainedPart {
  readonly effective: {
    readonly event: EventOf<
      'RefundRequested' | 'RefundApproved' | 'RefundIssued' | 'RefundFailed' | 'RefundReversed'
    >;
  };
  readonly minor: bigint;
}

/**
 * The refunds of the view's orders. A refund names its request as its decision; a failed or
 * reversed one is the provider's own id. What names neither is what was asked for on its payment with
 * the same amount, or stands by itself, unless a refund of the same amount came after it failed.
 */
export function refundChainsOf(view: SubjectView): readonly RefundChain[] {
  const chains: Chain[] = [];
  for (const part of ownParts(view, 'RefundRequested')) {
    begin(chains, part).request = part.effective;
  }
  for (const part of ownParts(view, 'RefundApproved')) {
    const { leaf, data } = part.effective.event;
    const chain = byRequest(chains, leaf, data.request) ?? begin(chains, part);
    chain.approval ??= part.effective;
    // What may go back may be less than what was asked for.
    chain.amount = part.minor;
  }
  for (const effective of view.effective('RefundRejected')) {
    const { leaf, data } = effective.event;
    const chain = byRequest(chains, leaf, data.request);
    if (chain) chain.rejection ??= effective;
  }
  addIssued(view, chains);
  addFailed(view, chains);
  addReversed(view, chains);
  return chains;
}

function addIssued(view: SubjectView, chains: Chain[]): void {
  for (const part of ownParts(view, 'RefundIssued')) {
    const { leaf, data } = part.effective.event;
    const asked =
      data.decisionId === undefined
        ? chains.find((chain) => isAskedFor(chain, part))
        : byRequest(chains, leaf, data.decisionId);
    const chain = asked !== undefined && asked.issued === undefined ? asked : begin(chains, part);
    chain.issued = part.effective;
    chain.amount = part.minor;
    chain.creditMemo = data.creditMemo ?? chain.creditMemo;
  }
}

/** A provider that knows no decisions sends what was asked for on its payment: the same amount. */
function isAskedFor(
  { payment, request, approval, rejection, issued, amount, currency }: Chain,
  { effective: { event }, minor }: ChainedPart,
): boolean {
  const isOpen = rejection === undefined && issued === undefined;
  return (
    isOpen &&
    (request ?? approval) !== undefined &&
    payment === event.leaf &&
    amount === minor &&
    currency === event.data.amount.currency
  );
}

function addFailed(view: SubjectView, chains: Chain[]): void {
  for (const part of ownParts(view, 'RefundFailed')) {
    const { effective, minor } = part;
    const { leaf, data } = effective.event;
    const chain =
      byRequest(chains, leaf, data.decisionId) ??
      byNumber(chains, leaf, data.refund) ??
      chains.find(
        ({ payment, issued, failed, amount, currency }) =>
          payment === leaf &&
          failed === undefined &&
          amount === minor &&
          currency === data.amount.currency &&
          isAfter(issued, effective),
      ) ??
      begin(chains, part);
    chain.failed = effective;
  }
}

function addReversed(view: SubjectView, chains: Chain[]): void {
  for (const part of ownParts(view, 'RefundReversed')) {
    const { leaf, data } = part.effective.event;
    const chain =
      byNumber(chains, leaf, data.refund) ??
      chains.find(
        ({ payment, issued, reversed, amount, currency }) =>
          payment === leaf &&
          issued !== undefined &&
          reversed === undefined &&
          amount === part.minor &&
          currency === data.amount.currency,
      ) ??
      begin(chains, part);
    chain.reversed = part.effective;
  }
}

function begin(chains: Chain[], { effective: { event }, minor }: ChainedPart): Chain {
  const chain: Chain = {
    key: event.eventId,
    payment: event.leaf,
    amount: minor,
    currency: event.data.amount.currency,
    creditMemo: 'creditMemo' in event.data ? (event.data.creditMemo ?? null) : null,
    request: undefined,
    approval: undefined,
    rejection: undefined,
    issued: undefined,
    failed: undefined,
    reversed: undefined,
  };
  chains.push(chain);
  return chain;
}

function byRequest(
  chains: readonly Chain[],
  leaf: string,
  wanted: string | undefined,
): Chain | undefined {
  if (wanted === undefined) return undefined;
  return chains.find(
    ({ payment, request, approval }) =>
      payment === leaf && (request ?? approval)?.event.data.request === wanted,
  );
}

function byNumber(chains: readonly Chain[], leaf: string, wanted: string): Chain | undefined {
  if (wanted === '') return undefined;
  return chains.find(
    ({ payment, issued, failed }) =>
      payment === leaf && (issued ?? failed)?.event.data.refund === wanted,
  );
}

function isAfter(
  issued: Effective<'RefundIssued'> | undefined,
  { resolved }: Effective<'RefundFailed'>,
): boolean {
  return issued !== undefined && compareInstants(issued.resolved.at, resolved.at) > 0;
}
