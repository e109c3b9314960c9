import type { ClientBase, Pool } from 'pg';
import type { GroupDefinition } from '../contract.js';
import { groupPlanOf } from '../fold/derive-rows.js';
import { type Generation, readActiveGeneration } from '../generations/generation.js';
import { parkedEventTarget } from '../parking/parked-layout.js';
import type { ParkedTotals } from '../parking/read-parked.js';
import { readGenerationCheckpoint } from '../postgres/checkpoint.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import { defaultPastLimits, formPast, type PastLimits } from './form-past.js';
import { type AsOf, type Moment, type PastRefusal, refused } from './moment.js';
import { resolveMoment } from './resolve-moment.js';
import { makeScratchTables } from './scratch-tables.js';

/** Which past is read, and what of it. */
export interface PastRequest {
  readonly moment: Moment;
  /** The tables the queries read; they see no others. */
  readonly tables: readonly string[];
  /** The queries read rows of these subjects alone; left out where they read those of all. */
  readonly subjects?: readonly string[];
}

/** Where the past is read, and how its rows are derived. */
export interface PastSource<Event, View> {
  readonly pool: Pool;
  readonly groupName: string;
  /** What the rows of a generation are derived with; undefined where this build cannot. */
  readonly definitionOf: (generation: Generation) => GroupDefinition<Event, View> | undefined;
  readonly limits?: PastLimits;
}

export type PastRead<Result> =
  { readonly outcome: 'read'; readonly asOf: AsOf; readonly result: Result } | PastRefusal;

/**
 * Reads tables as they were at a sequence or an instant, by the very queries that read them as they
 * are. The state rows hold every fact with its sequence, and rows are a function of the set of facts:
 * the past is derived from the facts up to the sequence, into tables of this session that go when the
 * read ends. Nothing of it depends on when it is asked for.
 */
export async function readAsOf<Event, View, Result>(
  source: PastSource<Event, View>,
  request: PastRequest,
  read: (client: ClientBase, asOf: AsOf) => Promise<Result>,
): Promise<PastRead<Result>> {
  const client = await source.pool.connect();
  let failure: Error | undefined;
  try {
    // Scratch tables are no read-only matter for PostgreSQL; nothing else is written.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const past = await preparePast(client, source, request);
    const answer: PastRead<Result> =
      past.outcome === 'refused' ? past : { ...past, result: await read(client, past.asOf) };
    await client.query('ROLLBACK');
    return answer;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw failure;
  } finally {
    // A connection whose transaction failed is closed, and its scratch tables go with it.
    client.release(failure);
  }
}

/** What of the events up to a sequence is not applied. */
async function readParkedBy(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  sequence: number,
): Promise<ParkedTotals> {
  const { rows } = await client.query<{ keys: string; events: string }>(
    `SELECT count(DISTINCT key) AS keys, count(*) AS events FROM ${parkedEventTarget.name}
     WHERE group_name = $1 AND generation = $2 AND sequence <= $3`,
    [groupName, generation, sequence],
  );
  return { keys: Number(rows[0]?.keys), events: Number(rows[0]?.events) };
}

async function preparePast<Event, View>(
  client: ClientBase,
  { groupName, definitionOf, limits = defaultPastLimits }: PastSource<Event, View>,
  { moment, tables, subjects }: PastRequest,
): Promise<{ readonly outcome: 'read'; readonly asOf: AsOf } | PastRefusal> {
  const generation = await readActiveGeneration(client, groupName);
  const checkpoint = generation && (await readGenerationCheckpoint(client, generation));
  if (!generation || !checkpoint) {
    return refused('as_of_before_ledger', 'The read models were never built.');
  }
  const definition = definitionOf(generation);
  if (!definition) {
    return refused(
      'as_of_other_build',
      `Generation ${generation.generation} of ${groupName} was derived by another build's rules.`,
    );
  }
  const applied = checkpoint.sequence;
  const resolved = await resolveMoment(client, generation, moment, applied);
  if (resolved.outcome === 'refused') return resolved;
  const { sequence } = resolved.asOf;
  const asOf = {
    ...resolved.asOf,
    parked: await readParkedBy(client, generation, sequence),
  };
  const plan = groupPlanOf(definition, generation.generation);
  const formed = await formPast(client, {
    plan,
    sequence,
    tail: applied - 1,
    subjects,
    wanted: (name) => tables.includes(name),
    limits,
  });
  if (formed.outcome === 'refused') return formed;
  const plans = plan.tables.flatMap((byName) => [...byName.values()]);
  const asked = plans.filter(({ table }) => tables.includes(table.name));
  await makeScratchTables(client, generation, asked, formed);
  return { outcome: 'read', asOf };
}
