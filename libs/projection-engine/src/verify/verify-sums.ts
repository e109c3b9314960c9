import { comparePositions, type StorePosition } from '#kernel';
import type { EventStoreReader } from '#event-store';
import type { Pool } from 'pg';
import type { GroupDefinition } from '../contract.js';
import { readActiveGeneration } from '../generations/generation.js';
import {
  CategoryCount,
  type CategorySums,
  type EventSum,
  noEvents,
  readCategorySums,
} from '../postgres/category-sums.js';
import { type LeftOut, readLeftOut } from '../parking/parked-rows.js';
import { type Checkpoint, readGenerationCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';
import { addDigest } from '../run/applied-digest.js';
import type { EventReading } from '../run/batch-folder.js';
import { checkLedger } from '../run/ledger-identity.js';
import { engineEventOf } from '../run/stored-event.js';
import {
  type AppliedEvents,
  type CategoryDifference,
  differingCategories,
  isSame,
  toldOf,
} from './category-differences.js';
import { type DifferingEvent, findDifferingEvents } from './differing-events.js';
import type { VerificationRefused, VerifyProgress } from './verify.js';

export interface VerifySumsOptions<Event, View> extends EventReading {
  readonly store: EventStoreReader;
  readonly pool: Pool;
  readonly definition: GroupDefinition<Event, View>;
  /** The one that queries read where it is left out. */
  readonly generation?: number;
  /** How many events are named; all are counted. 100 where it is left out. */
  readonly differencesMax?: number;
  readonly progress?: (progress: VerifyProgress) => void;
  /** Ends it early, with the reason of the abort. */
  readonly signal?: AbortSignal;
}

export interface SumsCompared {
  readonly mode: 'sums';
  readonly outcome: 'equal' | 'different';
  readonly position: StorePosition | undefined;
  /** What the checkpoint says was applied, parked or skipped. */
  readonly applied: AppliedEvents;
  /** How many of these are parked, and so in no row. */
  readonly parkedEvents: number;
  /** How many of these a recorded decision leaves out. */
  readonly skippedEvents: number;
  /** What the store holds up to the same position. */
  readonly stored: AppliedEvents;
  /** How many categories were compared. */
  readonly categoriesCompared: number;
  /** Where the sums kept beside the rows are not those of the store, by name. */
  readonly categories: readonly CategoryDifference[];
  /**
   * Of those categories, the streams and events that the tables lack or have too much. None where
   * the engine keeps the very events of the store and only a sum differs.
   */
  readonly events: readonly DifferingEvent[];
  readonly eventsTotal: number;
}

const differencesMaxDefault = 100;
const progressEvents = 1_000;

/**
 * Compares how many events of each category were applied, and the sums of their digests, with what
 * the store holds up to the same position. It reads the store once and of the database only the sums:
 * what it cannot see is a row that was changed by other hands (`verify` sees that).
 */
export async function verifySums<Event, View>(
  options: VerifySumsOptions<Event, View>,
): Promise<SumsCompared | VerificationRefused> {
  const { definition } = options;
  const kept = await readKept(options);
  if (kept === undefined) {
    const message = `The group ${definition.name} was never run: there is nothing to verify.`;
    return { outcome: 'refused', code: 'never_run', message };
  }
  const { checkpoint, sums } = kept;
  const stop = await checkLedger(options, definition.name, checkpoint);
  if (stop) return { outcome: 'refused', code: stop.code, message: stop.message };
  const stored = await countStored(options, checkpoint);
  const categories = differingCategories(sums, stored.categories);
  const applied = { events: checkpoint.sequence, digestSum: checkpoint.digestSum };
  const isEqual = categories.length === 0 && isSame(applied, stored.total);
  const { found, total } = isEqual
    ? { found: [], total: 0 }
    : await findDifferingEvents(
        options,
        kept.key,
        new Set(categories.map(({ category }) => category)),
        options.differencesMax ?? differencesMaxDefault,
      );
  return {
    mode: 'sums',
    outcome: isEqual ? 'equal' : 'different',
    position: checkpoint.position,
    applied: toldOf(applied),
    parkedEvents: kept.leftOut.parked.size,
    skippedEvents: kept.leftOut.skipped.size,
    stored: toldOf(stored.total),
    categoriesCompared: new Set([...sums.keys(), ...stored.categories.keys()]).size,
    categories,
    events: found,
    eventsTotal: total,
  };
}

interface KeptSums {
  readonly key: GenerationKey;
  readonly checkpoint: Checkpoint;
  readonly sums: CategorySums;
  readonly leftOut: LeftOut;
}

function readKept<Event, View>({
  pool,
  definition,
  generation,
}: VerifySumsOptions<Event, View>): Promise<KeptSums | undefined> {
  const { name: groupName } = definition;
  return inTransaction(
    pool,
    async (client) => {
      const number = generation ?? (await readActiveGeneration(client, groupName))?.generation;
      if (number === undefined) return undefined;
      const key = { groupName, generation: number };
      const checkpoint = await readGenerationCheckpoint(client, key);
      if (checkpoint === undefined) return undefined;
      const leftOut = await readLeftOut(client, key);
      return { key, checkpoint, sums: await readCategorySums(client, key), leftOut };
    },
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

async function countStored<Event, View>(
  { store, streamPrefix, leafDigestOf, progress, signal }: VerifySumsOptions<Event, View>,
  { position, sequence }: Checkpoint,
): Promise<{ readonly total: EventSum; readonly categories: CategorySums }> {
  const count = new CategoryCount();
  let { events, digestSum } = noEvents;
  if (position !== undefined) {
    for await (const recorded of store.readAll({ streamPrefix, after: 'start' })) {
      signal?.throwIfAborted();
      if (comparePositions(recorded.position, position) > 0) break;
      const stored = engineEventOf(recorded, streamPrefix, events);
      const digest = leafDigestOf(stored);
      count.add(stored.leaf, digest);
      digestSum = addDigest(digestSum, digest);
      events += 1;
      if (events % progressEvents === 0) {
        progress?.({ phase: 'reading', events, eventsExpected: sequence });
      }
    }
  }
  progress?.({ phase: 'reading', events, eventsExpected: sequence });
  return { total: { events, digestSum }, categories: count.sums };
}
