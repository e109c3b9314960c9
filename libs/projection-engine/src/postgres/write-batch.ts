import type { ClientBase } from 'pg';
import { writeArrivals } from '../as-of/arrival-table.js';
import type { Arrivals } from '../as-of/arrivals.js';
import { keepWaypoint } from '../as-of/keep-waypoint.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { BatchFold } from '../fold/fold-batch.js';
import type { HomeAppend } from '../fold/growth.js';
import { addToCategorySums } from './category-sums.js';
import { type Checkpoint, moveCheckpoint, type NextCheckpoint } from './checkpoint.js';
import { homeTarget, qualified, reachTarget } from './identifiers.js';
import { renewing } from '../lease/lease-table.js';
import { writeParked } from '../parking/write-parked.js';
import type { ParkingDraft } from '../parking/parking-draft.js';
import { refusalOf, RowsRefusedError } from '../parking/rows-refused.js';
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

/**
 * Writes all that a batch changes and parks, and moves the checkpoint, in one transaction.
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
  await beginBatch(client, plan, batch.from, batch.to);
  try {
    await writeFold(client, plan, fold);
    // Constraints that are deferred refuse rows no sooner than at the commit.
    await endBatch(client, plan, fold, batch);
  } catch (error) {
    throw refusalOf(error) === undefined ? error : new RowsRefusedError(batch.to.sequence, error);
  }
}

/** Begins a batch's transaction: it moves the checkpoint, or stays where it is. */
export async function beginBatch<Event, View>(
  client: ClientBase,
  { definition, generation }: GroupPlan<Event, View>,
  from: Checkpoint,
  to: Omit<NextCheckpoint, 'categories'>,
): Promise<void> {
  const group = definition.name;
  await client.query('BEGIN');
  // First, since it locks the row: of two holders the second waits here and is then refused.
  if (await moveCheckpoint(client, { groupName: group, generation }, from, to)) return;
  await client.query('ROLLBACK');
  throw new GuardLostError(
    `The group ${group} is not held under epoch ${from.epoch} at sequence ${from.sequence} any ` +
      'more: another process has taken it. This one stops; nothing of its batch was written.',
  );
}

/** Writes the facts of a fold and the rows derived from them. */
export async function writeFold<Event, View>(
  client: ClientBase,
  { definition, generation }: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
): Promise<void> {
  const group = definition.name;
  await insertRows(
    client,
    homeTarget,
    fold.homeAppends
      .filter(({ opened }) => opened)
      .map(({ home, facts }) => [group, generation, home, packedLines(definition, facts)]),
  );
  await appendToHomes(
    client,
    { definition, generation },
    fold.homeAppends.filter(({ opened }) => !opened),
  );
  await insertRows(
    client,
    reachTarget,
    fold.reach.map(({ kind, name, home }) => [group, generation, kind, name, home]),
  );
  for (const { plan, inserts, updates, deletes, sums } of fold.tables) {
    const target = { name: qualified(plan), columns: plan.table.columns };
    await deleteRows(client, target, plan.table.primaryKey, deletes);
    await updateRows(client, target, plan.table.primaryKey, updates);
    await insertRows(client, target, inserts);
    await addToSums(client, plan, sums);
  }
}

/** Writes what is kept of a batch besides its rows, announces it and commits. */
export async function endBatch<Event, View>(
  client: ClientBase,
  plan: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
  { from, to, arrivals, parked }: BatchRecord,
): Promise<void> {
  const { definition, generation } = plan;
  const key = { groupName: definition.name, generation };
  await addToCategorySums(client, key, to.categories);
  await writeArrivals(client, key, arrivals, fold.homeAppends);
  await writeParked(client, key, parked);
  await keepWaypoint(client, plan, from.sequence, to.sequence);
  // A commit is as good a sign of life as a heartbeat. Last, so that none has to wait for the batch.
  await client.query({
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
  await client.query('COMMIT');
}

async function appendToHomes<Event, View>(
  client: ClientBase,
  { definition, generation }: Pick<GroupPlan<Event, View>, 'definition' | 'generation'>,
  appends: readonly HomeAppend<Event>[],
): Promise<void> {
  if (appends.length === 0) return;
  const { rowCount } = await client.query({
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
  });
  if (rowCount === appends.length) return;
  throw new TablesDifferError(
    `Of ${appends.length} state rows of ${definition.name} only ${rowCount ?? 0} are there. ` +
      'Rebuild the group.',
  );
}
