import { type Finding, findingOf } from '../findings/finding.js';
import { tellsOf } from '../fulfilment/things.js';
import { groupBy } from '../resolution/group-by.js';
import type { SubjectView } from '../subject-view.js';
import { backordersOf } from './backorders.js';
import { reservationsOf } from './reservation-state.js';
import { softReservationsOf } from './soft-reservations.js';

/** Without one of these nothing promised is odd. */
const promising = ['StockReservationUnfillable', 'StockSoftReserved', 'StockBackordered'] as const;

/** What of the units promised to customers is not there, or was given away twice. */
export function promiseFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (!tellsOf(view, promising)) return [];
  return [
    ...unfillableFindings(view, attached),
    ...softReservationsOf(view)
      .filter(({ reservation, overdrawn }) => {
        return overdrawn > 0 && attached.has(reservation.resolved.home);
      })
      .map(({ reservation: { event }, reserved, overdrawn }) =>
        findingOf(
          'soft_reservation_overdrawn',
          event.eventId,
          { units: overdrawn, limit: reserved },
          [event.eventId],
        ),
      ),
    ...backordersOf(view)
      .filter(({ backorder, overdrawn }) => overdrawn > 0 && attached.has(backorder.resolved.home))
      .map(({ backorder: { event }, backordered, overdrawn }) =>
        findingOf('backorder_overdrawn', event.eventId, { units: overdrawn, limit: backordered }, [
          event.eventId,
        ]),
      ),
  ];
}

/** A shortfall is over once the units it speaks of were given back or went out after all. */
function unfillableFindings(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  const shortfalls = view
    .effective('StockReservationUnfillable')
    .filter(({ resolved }) => attached.has(resolved.home));
  const byPromise = groupBy(shortfalls, ({ event: { data } }) =>
    JSON.stringify([data.authority, data.allocation, data.reservation, data.line]),
  );
  return [...byPromise].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return [];
    const events = [first, ...others].map(({ event }) => event);
    const short = events.reduce((sum, { data }) => sum + data.qty, 0);
    const kept = keptUnits(view, first.event.data);
    const missing = kept === undefined ? short : Math.min(short - kept.givenBack, kept.open);
    if (missing <= 0) return [];
    return [
      findingOf(
        'reservation_unfillable',
        key,
        { units: missing, uom: first.event.data.uom },
        events.map(({ eventId }) => eventId),
      ),
    ];
  });
}

interface PromisedLine {
  readonly authority: string;
  readonly allocation?: string;
  readonly reservation?: string;
  readonly line: string;
}

/** What became of the allocation or reservation; undefined where it is not known. */
function keptUnits(
  view: SubjectView,
  promised: PromisedLine,
): { readonly open: number; readonly givenBack: number } | undefined {
  const { authority, allocation, reservation, line } = promised;
  if (allocation === undefined) {
    const soft = softReservationsOf(view).find(({ reservation: { event } }) => {
      const { data } = event;
      return data.authority === authority && data.reservation === reservation && data.line === line;
    });
    return soft && { open: soft.open, givenBack: soft.released };
  }
  const hard = reservationsOf(view).find(({ allocation: { event } }) => {
    const { data } = event;
    return data.authority === authority && data.allocation === allocation && data.line === line;
  });
  return hard && { open: hard.open, givenBack: hard.deallocated };
}
