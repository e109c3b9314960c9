import type { EventOf } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import type { OrderEvidence } from '../orders/order-evidence.js';

type MoneyEvidence = Pick<
  OrderEvidence,
  'state' | 'authorized' | 'captured' | 'refunded' | 'credits'
>;

/** Money of another currency or another legal entity than the order's; it is told, never added. */
export function moneyFindings(evidence: MoneyEvidence): readonly Finding[] {
  const order = evidence.state.captured?.event.data;
  if (!order) return [];
  const { authorized, captured, refunded, credits } = evidence;
  return [
    ...currencyFindings(order.currency, [
      ...[...authorized, ...captured, ...refunded].map(({ effective: { event } }) => ({
        eventId: event.eventId,
        currency: event.data.amount.currency,
      })),
      ...credits.map(({ event: { eventId, data } }) => ({ eventId, currency: data.currency })),
    ]),
    ...legalEntityFindings(order.legalEntity, [
      ...[...captured, ...refunded].map(({ effective }) => effective.event),
      ...credits.map(({ event }) => event),
    ]),
  ];
}

function currencyFindings(
  expected: string,
  amounts: readonly { readonly eventId: string; readonly currency: string }[],
): Finding[] {
  return amounts
    .filter(({ currency }) => currency !== expected)
    .map(({ eventId, currency }) =>
      findingOf('currency_differs_from_order', eventId, { expected, found: currency }, [eventId]),
    );
}

function legalEntityFindings(
  expected: string,
  events: readonly EventOf<'PaymentCaptured' | 'RefundIssued' | 'CreditGranted'>[],
): Finding[] {
  return events
    .filter(({ data }) => data.legalEntity !== expected)
    .map(({ eventId, data }) =>
      findingOf('legal_entity_differs', eventId, { expected, found: data.legalEntity }, [eventId]),
    );
}
