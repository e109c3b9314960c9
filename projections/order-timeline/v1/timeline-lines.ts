import type { ResolvedEvent } from '#domain';
import type { AnyLedgerEvent } from '#events';

/**
 * For each event that is told under the line of another one, that one's id: other witnesses under
 * the one that is believed, what was annulled or superseded under what took its place, and repeats
 * under the last of them. Whoever is not in it is a line of its own.
 *
 * @param shown the events of one timeline, in order of occurrence
 */
export function foldedUnder(shown: readonly ResolvedEvent[]): ReadonlyMap<string, string> {
  if (shown.every(standsAlone)) return noFolds;
  const ids = new Set(shown.map(({ event }) => event.eventId));
  const repeats = repeatsUnderLast(shown);
  const above = new Map<string, string>();
  for (const resolved of shown) {
    const { eventId } = resolved.event;
    const parent = repeats.get(eventId) ?? parentOf(resolved);
    if (parent !== null && parent !== eventId && ids.has(parent)) above.set(eventId, parent);
  }
  return new Map([...above.keys()].flatMap((eventId) => lineOf(eventId, above)));
}

const noFolds: ReadonlyMap<string, string> = new Map();

function standsAlone({ standing, event }: ResolvedEvent): boolean {
  return (
    standing === 'effective' && event.type !== 'EventCorrected' && repeatKeyOf(event) === undefined
  );
}

/** What took the place of an event; a correction goes with what says it right. */
function parentOf({ event, standing, because }: ResolvedEvent): string | null {
  if (standing !== 'effective') return because;
  return event.type === 'EventCorrected' ? (event.data.replacedBy ?? null) : null;
}

/** The line an event is told under; a circle of corrections has none, and each is told by itself. */
function lineOf(
  eventId: string,
  above: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const seen = new Set([eventId]);
  let line = eventId;
  for (let next = above.get(line); next !== undefined; next = above.get(line)) {
    if (seen.has(next)) return [];
    seen.add(next);
    line = next;
  }
  return [[eventId, line]];
}

/** Of happenings that say the same again and again, all but the last are told under it. */
function repeatsUnderLast(shown: readonly ResolvedEvent[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string[]>();
  for (const { event, standing } of shown) {
    const key = standing === 'effective' ? repeatKeyOf(event) : undefined;
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event.eventId]);
    else group.push(event.eventId);
  }
  const under = new Map<string, string>();
  for (const group of groups.values()) {
    const last = group.at(-1);
    if (last !== undefined) for (const eventId of group.slice(0, -1)) under.set(eventId, last);
  }
  return under;
}

/** What makes two events of a type repeats of each other; undefined where each is told by itself. */
function repeatKeyOf(event: AnyLedgerEvent): string | undefined {
  switch (event.type) {
    case 'ShipmentScanned':
    case 'PaymentAuthorizationFailed':
    case 'PaymentCaptureFailed':
    case 'DeliveryAttemptFailed':
    case 'StockReservationExtended':
      return `${event.type} ${event.leaf}`;
    default:
      return undefined;
  }
}
