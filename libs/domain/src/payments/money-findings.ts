import type { EventOf } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import type { OrderEvidence } from '../orders/order-evidence.js';
import { type OrderState, orderTotalMinor, remainingTotalMinor } from '../orders/order-state.js';

type PaymentEffective = {
  readonly event: EventOf<'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued'>;
};

type MoneyEvidence = Pick<
  OrderEvidence,
  'state' | 'currency' | 'authorized' | 'captured' | 'refunded' | 'credits'
>;

/** What is odd about the money of an order. Amounts of another currency are told, never added. */
export function moneyFindings(evidence: MoneyEvidence): readonly Finding[] {
  const order = evidence.state.captured?.event.data;
  const { authorized, captured, refunded, credits, currency } = evidence;
  const inCurrency = ({ effective }: { readonly effective: PaymentEffective }) =>
    effective.event.data.amount.currency === currency;
  const sums = sumFindings({
    ...evidence,
    captured: captured.filter(inCurrency),
  });
  if (!order) return sums;
  return [
    ...sums,
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
      findingOf(
        'currency_differs_from_order',
        eventId,
        `An amount is in ${currency}, the order in ${expected}.`,
        [eventId],
      ),
    );
}

function legalEntityFindings(
  expected: string,
  events: readonly EventOf<'PaymentCaptured' | 'RefundIssued' | 'CreditGranted'>[],
): Finding[] {
  return events
    .filter(({ data }) => data.legalEntity !== expected)
    .map(({ eventId, data }) =>
      findingOf(
        'legal_entity_differs',
        eventId,
        `The money is of ${data.legalEntity}, the order of ${expected}.`,
        [eventId],
      ),
    );
}

function sumFindings({ state, captured }: MoneyEvidence): readonly Finding[] {
  const found: Finding[] = [];
  const paid = sumOf(captured);
  const order = state.captured;
  if (order && captured.length > 0) {
    const total = orderTotalMinor(state);
    if (paid !== total && !isPaidWithoutCancelledLines(state, paid)) {
      found.push(
        findingOf(
          'payments_differ_from_order',
          '',
          `Payments sum to ${paid} minor units, the order to ${total}.`,
          [order.event.eventId, ...captured.map(({ effective }) => effective.event.eventId)],
        ),
      );
    }
  }
  return found;
}

/** What is collected after a line was cancelled comes to the lines that are left. */
function isPaidWithoutCancelledLines(state: OrderState, paid: bigint): boolean {
  return state.lineCancellations.length > 0 && paid === remainingTotalMinor(state);
}

function sumOf(applications: readonly { readonly minor: bigint }[]): bigint {
  return applications.reduce((sum, { minor }) => sum + minor, 0n);
}
