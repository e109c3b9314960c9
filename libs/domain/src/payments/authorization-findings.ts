import { isDate } from '#kernel';
import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { holdsOf } from '../orders/holds.js';
import { performedQty } from '../orders/line-units.js';
import { orderStateOf } from '../orders/order-state.js';
import type { SubjectView } from '../subject-view.js';
import { type Authorization, authorizationsOf } from './authorizations.js';
import { orderMoneyOf } from './order-money.js';
import { ownApplications } from './payment-applications.js';

/** Authorizations of the view's orders that ended, or will end, before the goods left. */
export function authorizationFindings(view: SubjectView): readonly Finding[] {
  const authorizations = authorizationsOf(view);
  if (authorizations.length === 0) return [];
  return [
    ...expiredBeforeDispatch(view, authorizations),
    ...expiringWhileHeld(view, authorizations),
  ];
}

/** Money that came in, or another authorization that is open, explains it away. */
function expiredBeforeDispatch(
  view: SubjectView,
  authorizations: readonly Authorization[],
): readonly Finding[] {
  const mayHaveEnded =
    view.effective('PaymentAuthorizationExpired').length > 0 ||
    authorizations.some(({ open, expiresAt }) => open > 0n && expiresAt !== null);
  if (!mayHaveEnded) return [];
  const { currency, total, captured } = orderMoneyOf(view);
  const found: Finding[] = [];
  const openAt = (at: string | null): bigint =>
    authorizations
      .filter((each) => each.currency === currency && !isPast(each.expiresAt, at))
      .reduce((sum, { open }) => sum + open, 0n);
  for (const { effective } of ownApplications(view, 'PaymentAuthorizationExpired')) {
    const { event, resolved } = effective;
    if (captured + openAt(null) >= total || !leavesAfter(view, resolved.at)) continue;
    found.push(
      findingOf(
        'authorization_expired_before_dispatch',
        event.eventId,
        { amount: amountTold(event.data.amount) },
        [event.eventId],
      ),
    );
  }
  const [first] = orderStateOf(view).performances;
  if (found.length > 0 || first === undefined || captured + openAt(first.resolved.at) >= total) {
    return found;
  }
  const past = authorizations.filter(
    ({ open, expiresAt }) => open > 0n && isPast(expiresAt, first.resolved.at),
  );
  return past.map(({ effective: { event }, expiresAt }) =>
    findingOf('authorization_expired_before_dispatch', event.eventId, { until: expiresAt ?? '' }, [
      event.eventId,
      first.event.eventId,
    ]),
  );
}

/** True where goods are still to leave, or left after an instant. */
function leavesAfter(view: SubjectView, at: string | null): boolean {
  const { lines, performances } = orderStateOf(view);
  const waits = lines.some(
    (units) => units.line.kind === 'goods' && units.remaining > performedQty(units),
  );
  return waits || performances.some(({ resolved }) => at !== null && (resolved.at ?? '') > at);
}

/** A hold that outlasts an authorization lets goods go that nobody can be made to pay for. */
function expiringWhileHeld(
  view: SubjectView,
  authorizations: readonly Authorization[],
): readonly Finding[] {
  const holds = holdsOf(view);
  if (holds.length === 0) return [];
  return authorizations
    .filter(({ open, expiresAt }) => open > 0n && expiresAt !== null)
    .flatMap(({ expiresAt, effective: { event } }) =>
      holds
        .filter(({ placedAt }) => placedAt !== null && !isPast(expiresAt, placedAt))
        .filter(({ released }) => released === null || isPast(expiresAt, released.at))
        .map((hold) =>
          findingOf(
            'authorization_expires_while_held',
            `${hold.holdId} ${event.eventId}`,
            { hold: hold.holdId, holdType: hold.type, until: expiresAt ?? '' },
            [event.eventId, hold.eventId],
          ),
        ),
    );
}

/** True where a day or instant had passed at an instant; a day ends with its last moment. */
function isPast(until: string | null, at: string | null): boolean {
  if (until === null || at === null) return false;
  return (isDate(until) ? `${until}T23:59:59.999Z` : until) < at;
}
