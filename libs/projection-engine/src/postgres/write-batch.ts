import type { ClientBase } from 'pg';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { BatchFold, HomeAppend } from '../fold/fold-batch.js';
import { addToCategorySums } from './category-sums.js';
import { type Checkpoint, moveCheckpoint, type NextCheckpoint } from './checkpoint.js';
import { homeTarget, qualified, reachTarget } from './identifiers.js';
import { renewing } from '../lease/lease-table.js';
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

/**
 * Writes all that a batch changes and moves the checkpoint, in one transaction.
 *
 * @throws GuardLostError, with nothing written, where the checkpoint is not this holder's to move.
 */
export async function writeBatch<Event, View>(
  client: ClientBase,
  { definition, generation }: GroupPlan<Event, View>,
  fold: BatchFold<Event>,
  from: Checkpoint,
  to: NextCheckpoint,
): Promise<void> {
  const group = definition.name;
  await client.query('BEGIN');
  // First, since it locks the row: of two holders the second waits here and is then refused.
  if (!(await moveCheckpoint(client, { groupName: group, generation }, from, to))) {
    await client.query('ROLLBACK');
    throw new GuardLostError(
      `The group ${group} is not held under epoch ${from.epoch} at sequence ${from.sequence} any ` +
        'more: another process has taken it. This one stops; nothing of its batch was written.',
    );
  }
  await addToCategorySums(client, { groupName: group, generation }, to.categories);
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
  // A commit is as good a sign of life as a heartbeat. Last, so that none has to wait for the batch.
  await client.query({
    name: 'projection engine announces a commit',
    text: `WITH renewed AS (${renewing} AND epoch = $3) SELECT pg_notify($4, $5)`,
    values: [group, generation, from.epoch, appliedChannel, `${group} ${to.sequence}`],
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
