import { approvalNamedBy } from '#events';
import type { Money } from '#kernel';
import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { creditMinor } from '../payments/order-money.js';
import type { ResolvedEvent } from '../resolution/resolve.js';
import type { SubjectView } from '../subject-view.js';
import { type Approval, approvalIn } from './approvals.js';

type Done = ResolvedEvent['event'];

/** What was done under these homes by an approval that does not cover it. */
export function approvalFindings(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly Finding[] {
  const done = new Map<string, Done[]>();
  for (const { completed: event, standing, home } of view.events) {
    // A refusal may name the approval that was denied.
    if (standing !== 'effective' || event.type === 'RefundRejected' || !homes.has(home)) continue;
    const approval = approvalNamedBy(event);
    if (approval === undefined) continue;
    const others = done.get(approval);
    if (others) others.push(event);
    else done.set(approval, [event]);
  }
  return [...done].flatMap(([leaf, events]) => findingsOf(approvalIn(view, leaf), events));
}

function findingsOf(approval: Approval, events: readonly Done[]): readonly Finding[] {
  const { approval: leaf, grants, denials } = approval;
  const ids = events.map(({ eventId }) => eventId);
  if (grants.length === 0) {
    const facts = { leaf, types: events.map(({ type }) => type), isDenied: denials.length > 0 };
    return [
      findingOf('approval_missing', leaf, facts, [
        ...ids,
        ...denials.map(({ eventId }) => eventId),
      ]),
    ];
  }
  return [...exceeded(approval, events, ids), ...ownApproval(approval, ids)];
}

/**
 * Of several requests the greatest amount counts; one without an amount covers any. What is done in
 * steps, such as a credit and the refund that pays it, is told by each and done once.
 */
function exceeded(
  { approval, requests, grants }: Approval,
  events: readonly Done[],
  ids: readonly string[],
): readonly Finding[] {
  const asked = requests.map(({ data }) => data.amount);
  const [first] = asked;
  if (first === undefined || asked.some((amount) => amount?.currency !== first.currency)) return [];
  const approved = Math.max(...asked.map((amount) => amount?.minor ?? 0));
  let done = 0n;
  for (const minor of doneByType(events, first.currency).values()) if (minor > done) done = minor;
  if (done <= BigInt(approved)) return [];
  const { currency } = first;
  const facts = {
    leaf: approval,
    expected: amountTold({ minor: approved, currency }),
    found: amountTold({ minor: done, currency }),
  };
  return [
    findingOf('approval_exceeded', approval, facts, [
      ...ids,
      ...[...requests, ...grants].map(({ eventId }) => eventId),
    ]),
  ];
}

/** What the events of each type come to in one currency, whichever way it goes. */
function doneByType(events: readonly Done[], currency: string): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const event of events) {
    const amount = amountOf(event);
    if (amount?.currency !== currency) continue;
    sums.set(event.type, (sums.get(event.type) ?? 0n) + BigInt(Math.abs(amount.minor)));
  }
  return sums;
}

/** What an event moves of what was to be approved. */
function amountOf(event: Done): Money | undefined {
  switch (event.type) {
    case 'CreditGranted':
      return { minor: Number(creditMinor(event.data)), currency: event.data.currency };
    case 'RefundApproved':
      return event.data.amount;
    case 'ContractBalanceTransferred':
    case 'ContractBalanceWrittenOff':
      return event.data.balance;
    default:
      return undefined;
  }
}

/** Whoever asks does not grant; another who granted it as well explains it. */
function ownApproval(
  { approval, requests, grants }: Approval,
  ids: readonly string[],
): readonly Finding[] {
  const askedBy = new Set(requests.map(({ data }) => data.requestedBy));
  if (!grants.every(({ data }) => askedBy.has(data.decidedBy))) return [];
  return [
    findingOf('approved_by_requester', approval, { leaf: approval }, [
      ...ids,
      ...[...requests, ...grants].map(({ eventId }) => eventId),
    ]),
  ];
}
