import type { StorePosition } from '#kernel';
import { type ClientBase, DatabaseError, type Pool } from 'pg';
import type { CategorySums } from './category-sums.js';
import { engineSchema, type GenerationKey } from './identifiers.js';
import type { Statement } from './statement-set.js';

/** How far a group is, and who holds it. */
export interface Checkpoint {
  /** Grows whenever the group is taken; what an older holder still writes is refused. */
  readonly epoch: number;
  /** Where the last applied event lies; undefined where nothing was applied. */
  readonly position: StorePosition | undefined;
  readonly eventId: string | undefined;
  /** How many ledger events were applied; the sequence of the next one. */
  readonly sequence: number;
  readonly ledgerId: string | undefined;
  /** The sum of the leaf digests of all applied events, modulo 2^256. */
  readonly digestSum: bigint;
  readonly appliedAt: Date;
}

interface CheckpointRow {
  readonly epoch: string;
  readonly commit_position: string | null;
  readonly prepare_position: string | null;
  readonly event_id: string | null;
  readonly sequence: string;
  readonly ledger_id: string | null;
  readonly digest_sum: string;
  readonly applied_at: Date;
}

const columns =
  'epoch, commit_position, prepare_position, event_id, sequence, ledger_id, digest_sum, applied_at';

/** The checkpoint of the generation that queries read, or undefined where nobody has ever run it. */
export async function readCheckpoint(
  queryable: ClientBase | Pool,
  groupName: string,
): Promise<Checkpoint | undefined> {
  const { rows } = await queryable.query<CheckpointRow>({
    name: 'projection engine reads the active checkpoint',
    text: `SELECT ${columns}
     FROM ${engineSchema}.checkpoint JOIN ${engineSchema}.generation USING (group_name, generation)
     WHERE group_name = $1 AND state = 'active'`,
    values: [groupName],
  });
  return rows[0] && checkpointOf(rows[0]);
}

/** The checkpoint of one generation, or undefined where nobody has ever run it. */
export async function readGenerationCheckpoint(
  queryable: ClientBase | Pool,
  { groupName, generation }: GenerationKey,
): Promise<Checkpoint | undefined> {
  const { rows } = await queryable.query<CheckpointRow>({
    name: 'projection engine reads a checkpoint',
    text: `SELECT ${columns} FROM ${engineSchema}.checkpoint
     WHERE group_name = $1 AND generation = $2`,
    values: [groupName, generation],
  });
  return rows[0] && checkpointOf(rows[0]);
}

/**
 * Takes the group from whoever held it; by the new epoch nothing of theirs is accepted any more. Waits
 * for the transaction that is moving the checkpoint to end.
 */
export async function acquireGroup(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  holder: string,
): Promise<Checkpoint> {
  const { rows } = await client.query<CheckpointRow>(
    `INSERT INTO ${engineSchema}.checkpoint AS held
       (group_name, generation, epoch, holder, sequence, digest_sum, applied_at)
     VALUES ($1, $2, 1, $3, 0, 0, now())
     ON CONFLICT (group_name, generation) DO UPDATE SET epoch = held.epoch + 1, holder = excluded.holder
     RETURNING ${columns}`,
    [groupName, generation, holder],
  );
  const [row] = rows;
  if (!row) throw new Error(`The checkpoint of ${groupName} could not be written.`);
  return checkpointOf(row);
}

/** A checkpoint as a batch leaves it. */
export type NextCheckpoint = Required<Pick<Checkpoint, 'sequence' | 'digestSum'>> & {
  readonly position: StorePosition;
  readonly eventId: string;
  readonly ledgerId: string;
  /** What the batch adds, by category. */
  readonly categories: CategorySums;
};

/** A setting that nobody makes: to read it fails, with its name in the message. */
const lostGuard = `${engineSchema}.guard_is_lost`;

/**
 * Moves the checkpoint within the batch's transaction. Where the epoch is not held any more or the
 * group stands elsewhere it fails, by {@link isLostGuard}: what was sent behind it is then not
 * carried out, and takes no lock that the holder of now may wait for.
 */
export function movingCheckpoint(
  { groupName, generation }: GenerationKey,
  from: Checkpoint,
  to: Omit<NextCheckpoint, 'categories'>,
): Statement {
  return {
    name: 'projection engine moves a checkpoint',
    text: `WITH moved AS (UPDATE ${engineSchema}.checkpoint
     SET commit_position = $5, prepare_position = $6, event_id = $7, sequence = $8,
         ledger_id = $9, digest_sum = $10, applied_at = now()
     WHERE group_name = $1 AND generation = $11 AND epoch = $2
       AND commit_position IS NOT DISTINCT FROM $3
       AND prepare_position IS NOT DISTINCT FROM $4
     RETURNING epoch)
     SELECT CASE count(*) WHEN 0 THEN current_setting('${lostGuard}') END FROM moved`,
    values: [
      groupName,
      from.epoch,
      from.position?.commit.toString() ?? null,
      from.position?.prepare.toString() ?? null,
      to.position.commit.toString(),
      to.position.prepare.toString(),
      to.eventId,
      to.sequence,
      to.ledgerId,
      to.digestSum.toString(),
      generation,
    ],
  };
}

/** Whether a statement failed because the checkpoint is not this holder's to move. */
export function isLostGuard(error: unknown): boolean {
  return error instanceof DatabaseError && error.message.includes(lostGuard);
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  const { commit_position: commit, prepare_position: prepare } = row;
  return {
    epoch: Number(row.epoch),
    position:
      commit === null || prepare === null
        ? undefined
        : { commit: BigInt(commit), prepare: BigInt(prepare) },
    eventId: row.event_id ?? undefined,
    sequence: Number(row.sequence),
    ledgerId: row.ledger_id ?? undefined,
    digestSum: BigInt(row.digest_sum),
    appliedAt: row.applied_at,
  };
}
