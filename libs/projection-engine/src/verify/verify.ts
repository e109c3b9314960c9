import { comparePositions, type StorePosition } from '#kernel';
import type { EventStoreReader } from '#event-store';
import type { Pool } from 'pg';
import type { GroupDefinition } from '../contract.js';
import { DerivationError, type GroupPlan, groupPlanOf } from '../fold/derive-rows.js';
import { MemoryGraph } from '../fold/memory-graph.js';
import { readActiveGeneration } from '../generations/generation.js';
import { CategoryCount, type CategorySums, readCategorySums } from '../postgres/category-sums.js';
import { type LeftOut, readLeftOut } from '../parking/parked-rows.js';
import { type Checkpoint, readGenerationCheckpoint } from '../postgres/checkpoint.js';
import { homeTarget, reachTarget } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';
import { addDigest } from '../run/applied-digest.js';
import type { EventReading } from '../run/batch-folder.js';
import { checkLedger } from '../run/ledger-identity.js';
import type { StopCode } from '../run/progress.js';
import { engineEventOf, factOf, UnreadableEventError } from '../run/stored-event.js';
import { compareHomes, compareReach } from './compare-state.js';
import { compareTable, type Difference } from './compare-table.js';
import {
  type AppliedEvents,
  type CategoryDifference,
  differingCategories,
} from './category-differences.js';
import { expectedTablesOf } from './expected-tables.js';
import { Findings } from './findings.js';

export interface VerifyOptions<Event, View> extends EventReading {
  readonly store: EventStoreReader;
  readonly pool: Pool;
  readonly definition: GroupDefinition<Event, View>;
  /** The one that queries read where it is left out. */
  readonly generation?: number;
  /** How many differences are listed; all are counted. 100 where it is left out. */
  readonly differencesMax?: number;
  readonly progress?: (progress: VerifyProgress) => void;
}

export type VerifyProgress =
  | { readonly phase: 'reading'; readonly events: number; readonly eventsExpected: number }
  | { readonly phase: 'comparing'; readonly table: string };

/** Why nothing could be said. */
export interface VerificationRefused {
  readonly outcome: 'refused';
  readonly code: StopCode | 'never_run';
  readonly message: string;
}

export type VerifyOutcome =
  | {
      readonly mode: 'full';
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
      /** Where the sums by category, kept beside the rows, are not those of the store. */
      readonly categories: readonly CategoryDifference[];
      /** Events of the store whose id their home has already. */
      readonly repeated: number;
      readonly rowsCompared: number;
      readonly differencesTotal: number;
      /**
       * The first of them: rows that are missing or too many, then values that differ, then what
       * depends on arrival; each by table and primary key.
       */
      readonly differences: readonly Difference[];
    }
  | VerificationRefused;

const differencesMaxDefault = 100;
const progressEvents = 1_000;

/**
 * Folds everything again from the store, in memory and without any state the engine keeps, and
 * compares the result with the tables: first how many events were applied and the sum of their
 * digests, then every row of every table and of the engine's own state. Both are taken at one position, that of the checkpoint in
 * one snapshot of the database, so that a running group does not disturb it.
 */
export async function verify<Event, View>(
  options: VerifyOptions<Event, View>,
): Promise<VerifyOutcome> {
  const { pool, definition } = options;
  return inTransaction(
    pool,
    async (client) => {
      const generation =
        options.generation ?? (await readActiveGeneration(client, definition.name))?.generation;
      const key = { groupName: definition.name, generation: generation ?? 0 };
      const checkpoint = await readGenerationCheckpoint(client, key);
      if (!checkpoint) {
        const message = `The group ${definition.name} was never run: there is nothing to verify.`;
        return { outcome: 'refused', code: 'never_run', message };
      }
      const stop = await checkLedger(options, definition.name, checkpoint);
      if (stop) return { outcome: 'refused', code: stop.code, message: stop.message };
      const plan = groupPlanOf(definition, key.generation);
      try {
        const leftOut = await readLeftOut(client, key);
        const read = await readUpTo(plan, options, checkpoint, leftOut);
        const expected = expectedTablesOf(plan, read.graph);
        const found = new Findings(options.differencesMax ?? differencesMaxDefault);
        for (const table of plan.tables.flatMap((tables) => [...tables.values()])) {
          options.progress?.({ phase: 'comparing', table: `${table.schema}.${table.table.name}` });
          for await (const item of compareTable(client, table, expected)) found.add(item);
        }
        options.progress?.({ phase: 'comparing', table: homeTarget.name });
        for await (const item of compareHomes(client, plan, read.graph)) found.add(item);
        options.progress?.({ phase: 'comparing', table: reachTarget.name });
        for await (const item of compareReach(client, key, read.graph)) found.add(item);
        const { position, sequence, digestSum } = checkpoint;
        const applied = { events: sequence, digestSum: digestSum.toString(16) };
        const categories = differingCategories(
          await readCategorySums(client, key),
          read.categories,
        );
        const same =
          applied.events === read.events && digestSum === read.digestSum && categories.length === 0;
        return {
          mode: 'full',
          outcome: same && found.total === 0 ? 'equal' : 'different',
          position,
          applied,
          stored: { events: read.events, digestSum: read.digestSum.toString(16) },
          parkedEvents: leftOut.parked.size,
          skippedEvents: leftOut.skipped.size,
          categories,
          repeated: read.repeated,
          rowsCompared: found.rowsCompared,
          differencesTotal: found.total,
          differences: found.differences,
        };
      } catch (error) {
        if (error instanceof UnreadableEventError) {
          return { outcome: 'refused', code: 'event_unreadable', message: error.message };
        }
        if (error instanceof DerivationError) {
          return { outcome: 'refused', code: 'derivation_failed', message: error.message };
        }
        throw error;
      }
    },
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

interface ReadLedger<Event> {
  readonly graph: MemoryGraph<Event>;
  readonly events: number;
  readonly repeated: number;
  readonly digestSum: bigint;
  readonly categories: CategorySums;
}

async function readUpTo<Event, View>(
  plan: GroupPlan<Event, View>,
  { store, streamPrefix, leafDigestOf, progress }: VerifyOptions<Event, View>,
  { position, sequence }: Checkpoint,
  { parked, skipped }: LeftOut,
): Promise<ReadLedger<Event>> {
  const graph = new MemoryGraph<Event>();
  let events = 0;
  let repeated = 0;
  let digestSum = 0n;
  const categories = new CategoryCount();
  if (position !== undefined) {
    for await (const recorded of store.readAll({ streamPrefix, after: 'start' })) {
      if (comparePositions(recorded.position, position) > 0) break;
      const stored = engineEventOf(recorded, streamPrefix, events);
      const isLeftOut = parked.has(events) || skipped.has(events);
      if (!isLeftOut && !graph.add(factOf(plan.definition, stored))) repeated += 1;
      const digest = leafDigestOf(stored);
      categories.add(stored.leaf, digest);
      digestSum = addDigest(digestSum, digest);
      events += 1;
      if (events % progressEvents === 0) {
        progress?.({ phase: 'reading', events, eventsExpected: sequence });
      }
    }
  }
  progress?.({ phase: 'reading', events, eventsExpected: sequence });
  return { graph, events, repeated, digestSum, categories: categories.sums };
}
