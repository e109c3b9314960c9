import { memoizeByObject, type Money } from '#kernel';
import type { Tender } from '#events';
import type { Effective, SubjectView } from '../subject-view.js';
import { ownApplications } from './payment-applications.js';

/** What an authorization let be captured, and what became of it; in minor units of its currency. */
export interface Authorization {
  readonly effective: Effective<'PaymentAuthorized'>;
  readonly payment: string;
  /** The provider's own id, empty where nobody knows it. */
  readonly number: string;
  readonly tender: Tender;
  readonly currency: string;
  readonly authorized: bigint;
  /** What can still be captured: neither captured, released, voided nor expired. */
  readonly open: bigint;
  readonly expiresAt: string | null;
}

/** The authorizations of the view's orders, with the parts that are for them. */
export const authorizationsOf = memoizeByObject((view: SubjectView): readonly Authorization[] => {
  const authorizations = authorizationParts(view);
  if (authorizations.length === 0) return [];
  // What was captured was captured, whatever was called off: it takes first.
  takeAll(authorizations, takings(view, 'PaymentCaptured'));
  takeAll(authorizations, [
    ...takings(view, 'PaymentAuthorizationReleased'),
    ...takings(view, 'PaymentVoided'),
    ...takings(view, 'PaymentAuthorizationExpired'),
  ]);
  return authorizations;
});

type Settling = { -readonly [Field in keyof Authorization]: Authorization[Field] };

/** What takes from an authorization, by its provider's id where it says so. */
interface Taking {
  readonly payment: string;
  readonly number: string;
  readonly amount: Money;
  minor: bigint;
}

function authorizationParts(view: SubjectView): readonly Settling[] {
  const byEvent = new Map<string, Settling>();
  for (const { effective, minor } of ownApplications(view, 'PaymentAuthorized')) {
    const { eventId, leaf, data } = effective.event;
    const other = byEvent.get(eventId);
    byEvent.set(eventId, {
      effective,
      payment: leaf,
      number: data.authorization,
      tender: data.tender,
      currency: data.amount.currency,
      authorized: (other?.authorized ?? 0n) + minor,
      open: (other?.open ?? 0n) + minor,
      expiresAt: data.expiresAt ?? null,
    });
  }
  return [...byEvent.values()];
}

type TakingType =
  | 'PaymentCaptured'
  | 'PaymentAuthorizationReleased'
  | 'PaymentVoided'
  | 'PaymentAuthorizationExpired';

function takings(view: SubjectView, type: TakingType): readonly Taking[] {
  return ownApplications(view, type).map(({ effective: { event }, minor }) => ({
    payment: event.leaf,
    number: event.data.authorization ?? '',
    amount: event.data.amount,
    minor,
  }));
}

/** What names a known authorization takes from it alone; the rest takes in order of occurrence. */
function takeAll(authorizations: readonly Settling[], all: readonly Taking[]): void {
  const nameless: Taking[] = [];
  for (const taking of all) {
    const named = authorizations.find(
      ({ payment, number }) =>
        payment === taking.payment && taking.number !== '' && number === taking.number,
    );
    if (named === undefined) nameless.push(taking);
    else take(named, taking);
  }
  for (const taking of nameless) {
    for (const authorization of authorizations) take(authorization, taking);
  }
}

function take(authorization: Settling, taking: Taking): void {
  if (authorization.payment !== taking.payment) return;
  if (authorization.currency !== taking.amount.currency) return;
  const minor = taking.minor < authorization.open ? taking.minor : authorization.open;
  authorization.open -= minor;
  taking.minor -= minor;
}
