import { type Finding, findingOf } from '../findings/finding.js';
import type { SubjectView } from '../subject-view.js';
import { type Pickup, pickupsOf } from './pickups.js';
import { type Milestone, tellsOf } from './things.js';

/** What contradicts itself about goods that customers collect. */
export function pickupFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (!tellsOf(view, ['PickupReady', 'PickupCompleted'])) return [];
  return pickupsOf(view, attached).flatMap((pickup) => [
    ...releasedTooEarly(view, pickup),
    ...collectedInSpite(pickup, pickup.cancelled, 'pickup_cancelled_yet_collected'),
    ...collectedInSpite(pickup, pickup.expired, 'pickup_expired_yet_collected'),
  ]);
}

/** Goods were said to be ready, or handed over, before stock was kept for all of them. */
function releasedTooEarly(view: SubjectView, pickup: Pickup): readonly Finding[] {
  const released = pickup.ready ?? pickup.collected;
  if (released === null) return [];
  return pickup.lines.flatMap(({ order, orderLine, qty, collected }) => {
    if (!view.orders.has(order)) return [];
    const wanted = Math.max(qty, collected);
    const kept = committedUnits(view, orderLine, released);
    if (kept >= wanted) return [];
    return [
      findingOf(
        'pickup_released_before_stock',
        `${pickup.pickup} ${order} ${orderLine}`,
        { orderLine, expected: wanted, found: kept },
        [released.eventId],
      ),
    ];
  });
}

/** Units allocated to an order line, or issued for it, by the time of a milestone. */
function committedUnits(view: SubjectView, orderLine: string, { at }: Milestone): number {
  const isInTime = (resolved: { readonly at: string | null }) =>
    at === null || resolved.at === null || resolved.at <= at;
  // Stock may be kept under another name of the order than the goods are collected under.
  const isOfLine = (of: { readonly order?: string; readonly orderLine?: string }) =>
    of.order !== undefined && view.orders.has(of.order) && of.orderLine === orderLine;
  const own = view.effective('StockAllocated').filter(({ event: { data } }) => isOfLine(data));
  const names = new Set(own.map(({ event: { data } }) => `${data.allocation} ${data.line}`));
  const issued = view.effective('StockIssued').filter(({ event: { data } }) => {
    const fromOwn = names.has(`${data.allocation ?? ''} ${data.allocationLine ?? ''}`);
    return fromOwn || isOfLine(data);
  });
  const unitsOf = (reports: readonly (typeof own | typeof issued)[number][]) =>
    reports
      .filter(({ resolved }) => isInTime(resolved))
      .reduce((sum, { event }) => sum + event.data.qty, 0);
  return Math.max(unitsOf(own), unitsOf(issued));
}

function collectedInSpite(
  { pickup, collected }: Pickup,
  ended: Milestone | null,
  code: 'pickup_cancelled_yet_collected' | 'pickup_expired_yet_collected',
): readonly Finding[] {
  if (collected === null || ended === null) return [];
  return [findingOf(code, pickup, {}, [ended.eventId, collected.eventId])];
}
