import { DerivationError, type GroupPlan } from '../fold/derive-rows.js';
import { type BatchFold, type FailedSubject, foldBatch, foldGrowth } from '../fold/fold-batch.js';
import { Growth } from '../fold/growth.js';
import type { Fact } from '../fold/home.js';
import type { WorkingGraph } from '../fold/working-graph.js';
import type { BatchFolder } from '../run/batch-folder.js';
import type { BatchItem } from './batch-item.js';
import { firstFailing } from './first-failing.js';
import type { ParkedKeys, ParkingLimits } from './parked-keys.js';
import { type LimitExceeded, ParkingDraft, type ParkingReason } from './parking-draft.js';
import { type PoisonEvents, screenBatch } from './screen-batch.js';

/** A batch folded without what it parks. */
export interface ParkingFold<Event> {
  readonly fold: BatchFold<Event>;
  readonly graph: WorkingGraph<Event>;
  readonly parked: ParkingDraft;
  /** The items that are applied or parked: all, or those before a limit was exceeded. */
  readonly items: readonly BatchItem<Event>[];
  readonly exceeded: LimitExceeded | undefined;
}

export interface ParkingGround<Event, View> {
  readonly plan: GroupPlan<Event, View>;
  readonly folder: BatchFolder<Event, View>;
  readonly parked: ParkedKeys;
  readonly limits: ParkingLimits;
}

/**
 * Folds a batch as far as it can be: events that cannot be read, and those by which the derivation
 * of a subject begins to fail, are parked with all that touches their keys, and the rest is folded
 * without them. Each round finds an offender for every subject that failed in it, so that a bug in
 * one rule takes two rounds and not one for each event.
 *
 * @param poison further events that cannot be applied; those that are found are added
 * @throws DerivationError where a subject fails though no event of the batch touches it
 */
export async function foldWithParking<Event, View>(
  { plan, folder, parked, limits }: ParkingGround<Event, View>,
  items: readonly BatchItem<Event>[],
  poison: Map<number, ParkingReason>,
): Promise<ParkingFold<Event>> {
  let taken = items;
  let exceeded: LimitExceeded | undefined;
  for (;;) {
    const draft = new ParkingDraft(parked, limits);
    const attempt = taken;
    const { graph, result } = await folder.drive((working) =>
      foldScreened(plan, folder, new Growth(working), attempt, draft, poison),
    );
    if ('index' in result) {
      exceeded = result;
      taken = taken.slice(0, result.index);
      continue;
    }
    if (result.failures.length === 0) {
      return { fold: result, graph, parked: draft, items: taken, exceeded };
    }
    const parkedNow = new Set(draft.events.map(({ stored }) => stored.sequence));
    const applied = taken.filter(({ stored }) => !parkedNow.has(stored.sequence));
    // No more are looked for than can be parked: the batch then ends at the limit.
    for (const failed of result.failures.slice(0, limits.parkedKeysMax + 1)) {
      const sequence = await offenderOf(plan, folder, failed, result, applied);
      poison.set(sequence, { code: 'derivation_failed', message: failed.message });
    }
  }
}

function* foldScreened<Event, View>(
  plan: GroupPlan<Event, View>,
  folder: BatchFolder<Event, View>,
  growth: Growth<Event>,
  items: readonly BatchItem<Event>[],
  draft: ParkingDraft,
  poison: PoisonEvents,
) {
  const end = yield* screenBatch(growth, items, draft, poison);
  if (end !== undefined) return end;
  return yield* foldGrowth(plan, growth, (subject) => folder.rowsOf(subject));
}

/** The sequence of the first event that touches a failed subject and makes it fail. */
async function offenderOf<Event, View>(
  plan: GroupPlan<Event, View>,
  folder: BatchFolder<Event, View>,
  { subject, message }: FailedSubject,
  fold: BatchFold<Event>,
  applied: readonly BatchItem<Event>[],
): Promise<number> {
  const homes = fold.homesBehind(subject);
  const touching = applied.filter(({ fact }) => fact && homes.has(fact.placement.home));
  const length = await firstFailing(touching.length, async (prefix) => {
    const facts = factsOf(touching.slice(0, prefix));
    const { result } = await folder.drive((graph) =>
      foldBatch(plan, graph, facts, (name) => folder.rowsOf(name)),
    );
    return result.failures.some((failed) => failed.subject === subject);
  });
  const offender = touching[length - 1];
  if (offender === undefined) throw new DerivationError(message);
  return offender.stored.sequence;
}

export function factsOf<Event>(items: readonly BatchItem<Event>[]): readonly Fact<Event>[] {
  return items.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
}
