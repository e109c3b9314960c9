import type { ClientBase } from 'pg';
import { keepingArrivals } from '../as-of/arrival-table.js';
import type { Arrivals } from '../as-of/arrivals.js';
import { isWaypointPassed, keepWaypoint } from '../as-of/keep-waypoint.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { BatchFold } from '../fold/fold-batch.js';
import type { HomeAppend } from '../fold/growth.js';
import { addingToCategorySums } from './category-sums.js';
import {
  type Checkpoint,
  isLostGuard,
  movingCheckpoint,
  type NextCheckpoint,
} from './checkpoint.js';
import { homeTarget, qualified, reachTarget } from './identifiers.js';
import { renewing } from '../lease/lease-table.js';
import { writeParked } from '../parking/write-parked.js';
import type { ParkingDraft } from '../parking/parking-draft.js';
import { refusalOf, RowsRefusedError } from '../parking/rows-refused.js';
import { QueuedStatements, type Statement } from './statement-set.js';
import { packedLines } from './stored-facts.js';
import {
  columnArrays,
  deleteRows,
  given,
  insertRows,
  TablesDifferError,
  updateRows,
} from './write-rows.js';
import { addToSums } from './write-sums.js';

/** The channel on which each commit of any group is announced. */
export const appliedChannel = 'projection_engine_applied';

/** Somebody else holds the group, or it does not stand where this holder left it. */
export class GuardLostError extends Error {
  override readonly name = 'GuardLostError';
}

/** What a batch writes besides its rows. */
export interface BatchRecord {
  readonly from: Checkpoint;
  readonly to: NextCheckpoint;
  readonly arrivals: Arrivals;
  readonly parked: ParkingDraft;
}

const begin: Statement = { name: 'BEGIN', text: 'BEGIN', values: [] };

/**
 * Writes all that a batch changes and parks, and moves the checkpoint, in one transaction. What is not
 * copied goes to PostgreSQL at once, and is waited for once: a small batch takes two round trips.
 *
 * @throws GuardLostError, with nothing written, where the checkpoint is not this holder's to move.
 * @throws RowsRefusedError where a fact or a row cannot be held; the transaction is still to be ended.
 */
export async function writeBatch<Event, View>(
  client: ClientBase,
  plan: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
  batch: BatchRecord,
): Promise<void> {
  const statements = new QueuedStatements(client);
  try {
    queueBegin(statements, plan, batch.from, batch.to);
    await writeFold(statements, plan, fold);
    // Constraints that are deferred refuse rows no sooner than at the commit.
    await endBatch(statements, plan, fold, batch);
  } catch (error) {
    if (isLostGuard(error)) return guardLost(client, plan, batch.from);
    throw refusalOf(error) === undefined ? error : new RowsRefusedError(batch.to.sequence, error);
  }
}

/** Begins a batch's transaction: it moves the checkpoint, or stays where it is. */
export async function beginBatch<Event, View>(
  statements: QueuedStatements,
  plan: GroupPlan<Event, View>,
  from: Checkpoint,
  to: Omit<NextCheckpoint, 'categories'>,
): Promise<void> {
  queueBegin(statements, plan, from, to);
  try {
    await statements.sent();
  } catch (error) {
    if (isLostGuard(error)) return guardLost(statements.client, plan, from);
    throw error;
  }
}

function queueBegin<Event, View>(
  statements: QueuedStatements,
  { definition, generation }: GroupPlan<Event, View>,
  from: Checkpoint,
  to: Omit<NextCheckpoint, 'categories'>,
): void {
  statements.add(begin);
  // First, since it locks the row: of two holders the second waits here and is then refused.
  statements.add(movingCheckpoint({ groupName: definition.name, generation }, from, to));
}

async function guardLost<Event, View>(
  client: ClientBase,
  { definition: { name: group } }: GroupPlan<Event, View>,
  from: Checkpoint,
): Promise<never> {
  await client.query('ROLLBACK');
  throw new GuardLostError(
    `The group ${group} is not held under epoch ${from.epoch} at sequence ${from.sequence} any ` +
      'more: another process has taken it. This one stops; nothing of its batch was written.',
  );
}

/** Queues the facts of a fold and the rows derived from them; what is much is written at once. */
export async function writeFold<Event, View>(
  statements: QueuedStatements,
  { definition, generation }: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
): Promise<void> {
  const group = definition.name;
  await insertRows(
    statements,
    homeTarget,
    fold.homeAppends
      .filter(({ opened }) => opened)
      .map(({ home, facts }) => [group, generation, home, packedLines(definition, facts)]),
  );
  appendToHomes(
    statements,
    { definition, generation },
    fold.homeAppends.filter(({ opened }) => !opened),
  );
  await insertRows(
    statements,
    reachTarget,
    fold.reach.map(({ kind, name, home }) => [group, generation, kind, name, home]),
  );
  for (const { plan, inserts, updates, deletes, sums } of fold.tables) {
    const target = { name: qualified(plan), columns: plan.table.columns };
    deleteRows(statements, target, plan.table.primaryKey, deletes);
    updateRows(statements, target, plan.table.primaryKey, updates);
    await insertRows(statements, target, inserts);
    addToSums(statements, plan, sums);
  }
}

/** Writes what is kept of a batch besides its rows, announces it and commits. */
export async function endBatch<Event, View>(
  statements: QueuedStatements,
  plan: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
  { from, to, arrivals, parked }: BatchRecord,
): Promise<void> {
  const { definition, generation } = plan;
  const key = { groupName: definition.name, generation };
  statements.add(addingToCategorySums(key, to.categories));
  statements.add(keepingArrivals(key, arrivals, fold.homeAppends));
  await writeParked(statements, key, parked);
  if (isWaypointPassed(plan, from.sequence, to.sequence)) {
    await statements.sent();
    await keepWaypoint(statements.client, plan, to.sequence);
  }
  // A commit is as good a sign of life as a heartbeat. Last, so that none has to wait for the batch.
  statements.add({
    name: 'projection engine announces a commit',
    text: `WITH renewed AS (${renewing} AND epoch = $3) SELECT pg_notify($4, $5)`,
    values: [
      key.groupName,
      generation,
      from.epoch,
      appliedChannel,
      `${key.groupName} ${to.sequence}`,
    ],
  });
  await statements.sent();
  // By itself: whatever an answer may have said against the batch was read before.
  await statements.client.query('COMMIT');
}

function appendToHomes<Event, View>(
  statements: QueuedStatements,
  { definition, generation }: Pick<GroupPlan<Event, View>, 'definition' | 'generation'>,
  appends: readonly HomeAppend<Event>[],
): void {
  if (appends.length === 0) return;
  statements.add({
    name: 'projection engine appends to homes',
    text: `UPDATE ${homeTarget.name} AS held SET events = held.events || E'\\n' || given.events FROM ${given(homeTarget.columns)} WHERE held.group_name = given.group_name AND held.generation = given.generation::integer AND held.home = given.home`,
    values: columnArrays(
      homeTarget.columns,
      appends.map(({ home, facts }) => [
        definition.name,
        generation,
        home,
        packedLines(definition, facts),
      ]),
    ),
    met: (found) => {
      if (found === appends.length) return;
      throw new TablesDifferError(
        `Of ${appends.length} state rows of ${definition.name} only ${found} are there. ` +
          'Rebuild the group.',
      );
    },
  });
}
