import { type Finding, findingOf } from '../findings/finding.js';
import type { Reservation } from '../inventory/reservation-state.js';
import { moneyFindings } from '../payments/money-findings.js';
import type { OrderEvidence } from './order-evidence.js';
import type { OrderState } from './order-state.js';

/** Everything odd about an order that its facts show. */
export function orderFindings(evidence: OrderEvidence): readonly Finding[] {
  return [
    ...timeFindings(evidence),
    ...cancellationFindings(evidence),
    ...lineFindings(evidence.state),
    ...moneyFindings(evidence),
    ...allocationFindings(evidence.reservations),
  ];
}

function timeFindings({ state, deliveries, authorized, captured }: OrderEvidence): Finding[] {
  const found: Finding[] = [];
  const payment = earliest([...authorized, ...captured].map(({ effective }) => effective));
  const performance = earliest(state.performances);
  if (payment && performance && performance.at < payment.at) {
    found.push(
      findingOf('dispatched_before_payment', '', { earlier: performance.at, later: payment.at }, [
        performance.eventId,
        payment.eventId,
      ]),
    );
  }
  for (const { delivered, dispatches } of deliveries) {
    const { eventId, occurrence } = delivered.event;
    const left = earliest(dispatches);
    const { at } = delivered.resolved;
    if (left && at !== null && at < left.at) {
      found.push(
        findingOf('delivered_before_dispatch', eventId, { earlier: at, later: left.at }, [
          eventId,
          left.eventId,
        ]),
      );
    }
    if (occurrence.precision === 'unknown') {
      found.push(findingOf('delivered_without_date', eventId, {}, [eventId]));
    }
  }
  return found;
}

function cancellationFindings({ state, deliveries }: OrderEvidence): Finding[] {
  const cancelled = state.cancellations;
  if (cancelled.length === 0) return [];
  const found: Finding[] = [];
  const tookUnits = state.lines.some(
    ({ cancelled: units, line }) => line.kind === 'goods' && units > 0,
  );
  const cancellationIds = cancelled.map(({ event }) => event.eventId);
  if (state.performances.length > 0 && !tookUnits) {
    found.push(
      findingOf('cancelled_yet_dispatched', '', {}, [
        ...cancellationIds,
        ...state.performances.map(({ event }) => event.eventId),
      ]),
    );
  }
  if (deliveries.length > 0 && (!tookUnits || state.performances.length === 0)) {
    found.push(
      findingOf('cancelled_yet_delivered', '', {}, [
        ...cancellationIds,
        ...deliveries.map(({ delivered }) => delivered.event.eventId),
      ]),
    );
  }
  return found;
}

function lineFindings(state: OrderState): Finding[] {
  const found: Finding[] = [];
  const { captured } = state;
  if (captured && !captured.event.data.lines.some(({ kind }) => kind === 'goods')) {
    found.push(findingOf('order_without_lines', '', {}, [captured.event.eventId]));
  }
  for (const { line, beyondOrdered, replacements } of state.lines) {
    for (const { performance, qty } of beyondOrdered) {
      found.push(
        findingOf(
          'dispatched_more_than_ordered',
          `${line.line} ${performance.event.eventId}`,
          { orderLine: line.line, units: qty, limit: line.qty },
          [performance.event.eventId],
        ),
      );
    }
    for (const { performance, qty } of replacements) {
      found.push(
        findingOf(
          'replacement_sent',
          `${line.line} ${performance.event.eventId}`,
          { orderLine: line.line, units: qty },
          [performance.event.eventId],
        ),
      );
    }
  }
  if (captured) {
    for (const { performance, orderLine } of state.unknownLines) {
      found.push(
        findingOf(
          'order_line_unknown',
          `${orderLine} ${performance.event.eventId}`,
          { orderLine },
          [performance.event.eventId],
        ),
      );
    }
  }
  return found;
}

function allocationFindings(reservations: readonly Reservation[]): Finding[] {
  return reservations
    .filter(({ overdrawn }) => overdrawn > 0)
    .map(({ allocation: { event }, allocated, overdrawn }) =>
      findingOf('allocation_overdrawn', event.eventId, { units: overdrawn, limit: allocated }, [
        event.eventId,
      ]),
    );
}

function earliest(
  events: readonly {
    readonly event: { readonly eventId: string };
    readonly resolved: { readonly at: string | null };
  }[],
): { readonly at: string; readonly eventId: string } | undefined {
  let first: { at: string; eventId: string } | undefined;
  for (const { event, resolved } of events) {
    if (resolved.at !== null && (!first || resolved.at < first.at)) {
      first = { at: resolved.at, eventId: event.eventId };
    }
  }
  return first;
}
