import { categoryOf, memoizeByObject } from '#kernel';
import { shipmentNames } from './fulfilment/shipments.js';
import { registerKeyOf } from './resolution/register-key.js';
import type { Report } from './resolution/report.js';
import type { ResolvedEvent } from './resolution/resolve.js';
import { detachmentsIn, type SubjectView } from './subject-view.js';
import { Things } from './things-of-orders.js';

export { type OwnThings, ownPartOf } from './own-part.js';

/**
 * The homes whose facts belong to the view's orders: the orders' own, every thing of which a standing
 * fact names one of them, and what is joined with such a thing without naming an order itself. A tie
 * that was corrected away attaches nothing, and nothing is reached across a thing of other orders.
 */
export function attachedHomes(view: SubjectView): ReadonlySet<string> {
  return attachmentOf(view).homes;
}

/**
 * The events of the homes that belong to the view's orders, without those that are about other orders
 * alone, such as another order's line of a return that came back together. In order of occurrence.
 */
export function attachedEvents(view: SubjectView): readonly ResolvedEvent[] {
  return attachmentOf(view).events;
}

interface Attachment {
  readonly homes: ReadonlySet<string>;
  readonly events: readonly ResolvedEvent[];
}

const attachmentOf = memoizeByObject((view: SubjectView): Attachment => {
  const standing = standingById(view.events);
  const things = new Things(severalShipments(view) ? shipmentNames(view) : new Map());
  for (const [home, reports] of view.homes) {
    if (categoryOf(home) !== 'order')
      things.add(home, reports, (report) => counts(report, standing));
  }
  const reached = things.reachedFrom(view.orders);
  const homes = new Set([...view.homes.keys()].filter((home) => view.orders.has(home)));
  for (const { homes: own } of reached) for (const home of own) homes.add(home);
  const isShared = [...reached].some(({ orders }) =>
    [...orders].some((order) => !view.orders.has(order)),
  );
  const ofOthers = isShared ? eventsOfOthers(view, things, standing) : new Set<string>();
  return {
    homes,
    events: view.events.filter(
      ({ home, event }) => homes.has(home) && !ofOthers.has(event.eventId),
    ),
  };
});

/** Most orders have no two leaves that could be one shipment. */
function severalShipments({ homes }: SubjectView): boolean {
  let shipments = 0;
  for (const home of homes.keys()) if (categoryOf(home) === 'shipment') shipments += 1;
  return shipments > 1;
}

/**
 * The events that name other orders alone, and what corrects them. One that names an order which its
 * thing turned out not to belong to stays: it is told nowhere else. So does all of a thing that was
 * tied to the view's orders as a whole, such as a return of which it was found out where it came from.
 */
function eventsOfOthers(
  view: SubjectView,
  things: Things,
  standing: ReadonlyMap<string, ResolvedEvent>,
): ReadonlySet<string> {
  const ofOthers = new Set<string>();
  const correctionsOf = new Map<string, string[]>();
  for (const [home, reports] of view.homes) {
    const isTied = reports.some((report) => ties(view, report, standing));
    for (const { factId, keys, event } of reports) {
      if (event.type === 'EventCorrected') {
        const { eventId } = event.data.target;
        correctionsOf.set(eventId, [...(correctionsOf.get(eventId) ?? []), factId]);
      }
      const { subjects } = keys;
      if (isTied || subjects.length === 0) continue;
      if (subjects.some((order) => view.orders.has(order))) continue;
      if (subjects.some((order) => things.isOf(home, order))) ofOthers.add(factId);
    }
  }
  // A set is walked on through what is added to it on the way.
  for (const id of ofOthers) {
    for (const correction of correctionsOf.get(id) ?? []) {
      if (standing.has(correction)) ofOthers.add(correction);
    }
  }
  return ofOthers;
}

/** True where no standing fact of the subject's cluster names an order. */
export function belongsToNoOrder(view: SubjectView): boolean {
  const naming = [...view.homes.values()].flat().filter(({ keys }) => keys.subjects.length > 0);
  if (naming.length === 0) return true;
  if (isNeverOverruled(view, naming)) return false;
  const standing = standingById(view.events);
  return !naming.some((report) => counts(report, standing));
}

/**
 * True where one of the reports stands without anything being judged: its class sets no register, no
 * other report takes its place, and nothing of the view is corrected.
 */
function isNeverOverruled(view: SubjectView, reports: readonly Report[]): boolean {
  const told = new Map<string, number>();
  for (const events of view.homes.values()) {
    for (const { event, statement } of events) {
      if (event.type === 'EventCorrected') return false;
      told.set(statement, (told.get(statement) ?? 0) + 1);
    }
  }
  return reports.some(
    ({ event, statement }) => told.get(statement) === 1 && registerKeyOf(event) === undefined,
  );
}

function standingById(events: readonly ResolvedEvent[]): ReadonlyMap<string, ResolvedEvent> {
  return new Map(events.map((resolved) => [resolved.event.eventId, resolved]));
}

/** True for a tie of a thing to the view's orders that stands and was not undone. */
function ties(
  view: SubjectView,
  report: Report,
  standing: ReadonlyMap<string, ResolvedEvent>,
): boolean {
  const { event, keys } = report;
  if (event.type !== 'ExternalReferenceAttached' || !counts(report, standing)) return false;
  return keys.subjects.some(
    (order) => view.orders.has(order) && !detachmentsIn(view).isUndone(event.leaf, order),
  );
}

function counts({ factId }: Report, standing: ReadonlyMap<string, ResolvedEvent>): boolean {
  const verdict = standing.get(factId)?.standing;
  return verdict !== 'annulled' && verdict !== 'superseded';
}
