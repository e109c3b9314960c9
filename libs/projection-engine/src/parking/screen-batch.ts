import type { Growth } from '../fold/growth.js';
import type { Fact } from '../fold/home.js';
import type { Loading } from '../fold/touched-subjects.js';
import { type BatchItem, metNamesOf, ownNamesOf } from './batch-item.js';
import { namesBehind } from './names-behind.js';
import type { LimitExceeded, ParkingDraft, ParkingReason } from './parking-draft.js';
import { storableName } from './storable-name.js';

/** By sequence, events that can be read and yet not be applied. */
export type PoisonEvents = ReadonlyMap<number, ParkingReason>;

/** Where a batch has to end because more would be parked than may be. */
export interface ScreeningEnd extends LimitExceeded {
  /** The place in the batch of the event it has to end before. */
  readonly index: number;
}

/**
 * Goes through a batch in its order: what can be applied is added to the growth, what cannot is
 * parked, and what touches a parked key is parked behind it.
 *
 * An event is held against what was parked before it, within the batch too, so that two batches of
 * the same events park the same, however they are cut.
 */
export function* screenBatch<Event>(
  growth: Growth<Event>,
  items: readonly BatchItem<Event>[],
  draft: ParkingDraft,
  poison: PoisonEvents,
): Loading<ScreeningEnd | undefined> {
  let applicable: Fact<Event>[] = [];
  for (const [index, item] of items.entries()) {
    const { stored, fact } = item;
    const failure = failureOf(item, poison);
    const blocking = draft.isEmpty ? undefined : draft.keyBlocking(metNamesOf(item));
    if (fact !== undefined && failure === undefined && blocking === undefined) {
      applicable.push(fact);
      continue;
    }
    const key = blocking ?? storableName(fact?.placement.home ?? stored.leaf);
    const exceeded = draft.exceededBy(key, stored);
    if (exceeded !== undefined) return { ...exceeded, index };
    const own = ownNamesOf(item);
    if (own.every((name) => draft.isBlockedBy(key, name))) {
      draft.park(key, stored, failure ?? waits, []);
      continue;
    }
    // What the names belong to is told by all facts before this one, those of the batch included.
    yield* growth.add(applicable);
    applicable = [];
    const behind = yield* namesBehind(growth.graph, own);
    draft.park(key, stored, failure ?? waits, behind);
  }
  yield* growth.add(applicable);
  return undefined;
}

const waits: ParkingReason = {
  code: 'waits',
  message: 'It waits behind an event of its key.',
};

function failureOf(
  { stored, unreadable }: BatchItem<unknown>,
  poison: PoisonEvents,
): ParkingReason | undefined {
  if (unreadable !== undefined) return { code: 'event_unreadable', message: unreadable };
  return poison.get(stored.sequence);
}
