import type { Money } from '#kernel';
import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import type { Effective, SubjectView } from '../subject-view.js';
import { orderMoneyOf } from './order-money.js';
import { ownApplications, type PaymentApplication } from './payment-applications.js';

/** What is odd about the money that came in for the view's orders. */
export function captureFindings(view: SubjectView): readonly Finding[] {
  const captures = ownApplications(view, 'PaymentCaptured');
  if (captures.length === 0) return [];
  const payments = new Set(captures.map(({ effective }) => effective.event.leaf));
  return [
    ...capturedTwice(view, captures),
    ...captures.flatMap(({ effective }) => capturedAfterEnd(view, effective)),
    ...[...payments].flatMap((payment) => capturedAbove(view, payment)),
  ];
}

/** Two captures of one amount are odd where the order is overpaid by at least one of them. */
function capturedTwice(
  view: SubjectView,
  captures: readonly PaymentApplication<'PaymentCaptured'>[],
): readonly Finding[] {
  if (captures.length < 2) return [];
  const { currency, total, captured, refunded, disputed } = orderMoneyOf(view);
  const overpaid = captured - refunded - disputed - total;
  if (total === 0n || overpaid <= 0n) return [];
  const byAmount = new Map<bigint, string[]>();
  for (const { effective, minor } of captures) {
    if (effective.event.data.amount.currency !== currency) continue;
    const ids = byAmount.get(minor) ?? [];
    byAmount.set(minor, [...ids, effective.event.eventId]);
  }
  return [...byAmount]
    .filter(([minor, ids]) => minor > 0n && minor <= overpaid && new Set(ids).size > 1)
    .map(([minor, ids]) =>
      findingOf(
        'captured_twice',
        String(minor),
        {
          amount: amountTold({ minor, currency }),
          times: ids.length,
          overpaid: amountTold({ minor: overpaid, currency }),
        },
        ids,
      ),
    );
}

function capturedAfterEnd(
  view: SubjectView,
  capture: Effective<'PaymentCaptured'>,
): readonly Finding[] {
  const { eventId } = capture.event;
  const voided = endBefore(view, capture, 'PaymentVoided');
  const expired = endBefore(view, capture, 'PaymentAuthorizationExpired');
  return [
    ...(voided === undefined
      ? []
      : [findingOf('captured_after_void', eventId, {}, [eventId, voided.event.eventId])]),
    ...(expired === undefined
      ? []
      : [findingOf('captured_after_expiry', eventId, {}, [eventId, expired.event.eventId])]),
  ];
}

type EndType = 'PaymentVoided' | 'PaymentAuthorizationExpired';

/**
 * What ended the capture's authorization before it. A capture that names none may be of any that
 * its payment has, so that all of them must have ended.
 */
function endBefore(
  view: SubjectView,
  { event: { leaf, data }, resolved: { at } }: Effective<'PaymentCaptured'>,
  type: EndType,
): Effective<EndType> | undefined {
  if (at === null) return undefined;
  const before = view
    .effective(type)
    .filter(
      ({ event, resolved }) => event.leaf === leaf && resolved.at !== null && resolved.at < at,
    );
  if (before.length === 0) return undefined;
  const numbers = view
    .effective('PaymentAuthorized')
    .filter(({ event }) => event.leaf === leaf)
    .map(({ event }) => event.data.authorization);
  const endOf = (number: string): Effective<EndType> | undefined =>
    before.find(({ event }) => event.data.authorization === number) ??
    (numbers.length < 2 ? before.find(({ event }) => event.data.authorization === '') : undefined);
  if (data.authorization !== undefined) return endOf(data.authorization);
  if (numbers.length === 0) return before[0];
  const all = numbers.map(endOf);
  return all.every((end) => end !== undefined) ? all[0] : undefined;
}

function capturedAbove(view: SubjectView, payment: string): readonly Finding[] {
  const authorizations = view
    .effective('PaymentAuthorized')
    .filter(({ event }) => event.leaf === payment);
  const currencies = new Set(authorizations.map(({ event }) => event.data.amount.currency));
  return [...currencies].flatMap((currency) => {
    const inCurrency = ({ event }: Moved) =>
      event.leaf === payment && event.data.amount.currency === currency;
    const captures = view.effective('PaymentCaptured').filter(inCurrency);
    const authorized = sumOf(authorizations.filter(inCurrency));
    const captured = sumOf(captures);
    if (captured <= authorized) return [];
    return [
      findingOf(
        'captured_above_authorization',
        `${payment} ${currency}`,
        {
          expected: amountTold({ minor: authorized, currency }),
          found: amountTold({ minor: captured, currency }),
        },
        [...captures, ...authorizations].map(({ event }) => event.eventId),
      ),
    ];
  });
}

/** What an authorization and a capture have in common. */
interface Moved {
  readonly event: { readonly leaf: string; readonly data: { readonly amount: Money } };
}

function sumOf(movements: readonly Moved[]): bigint {
  return movements.reduce((sum, { event }) => sum + BigInt(event.data.amount.minor), 0n);
}
