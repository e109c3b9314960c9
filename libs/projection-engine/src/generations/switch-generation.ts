import type { ClientBase, Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { engineSchema, type GenerationKey } from '../postgres/identifiers.js';
import { inTransaction } from '../postgres/transaction.js';
import { appliedChannel } from '../postgres/write-batch.js';
import { type GenerationRefused, refused, unknownGeneration } from './refusal.js';

export type SwitchOutcome =
  | {
      readonly outcome: 'switched';
      /** What was active until now, and stands by from here on. */
      readonly from: number;
      readonly to: number;
      /** How many events the tables hold that are read from here on. */
      readonly sequence: number;
    }
  | GenerationRefused;

export interface SwitchLimits {
  /** How many events it may be behind when the switch begins. */
  readonly lagEventsMax: number;
  /** How long the active generation is held still for the other one to reach it. */
  readonly waitMilliseconds: number;
}

export const defaultSwitchLimits: SwitchLimits = { lagEventsMax: 5_000, waitMilliseconds: 2_000 };

const pollMilliseconds = 3;

/**
 * Makes a generation that is built, or stands by, the one that queries read. All of it is one
 * transaction: whoever begins to read after its commit reads the new one, whoever began before reads
 * the old one to the end, and a crash leaves one or the other.
 *
 * The active generation's checkpoint is locked meanwhile, and the switch waits until the other one
 * holds at least as many events: no reader is ever sent back.
 */
export async function switchGeneration(
  pool: Pool,
  { groupName, generation }: GenerationKey,
  { lagEventsMax, waitMilliseconds }: SwitchLimits = defaultSwitchLimits,
): Promise<SwitchOutcome> {
  return inTransaction(pool, async (client) => {
    const states = await lockedStates(client, groupName);
    const state = states.get(generation);
    const from = [...states].find(([, known]) => known === 'active')?.[0];
    if (state === undefined || from === undefined) return unknownGeneration(groupName, generation);
    if (state === 'active') {
      return refused('generation_state_wrong', `Generation ${generation} is read already.`);
    }
    const [ahead, before] = [from, generation].map((number) => ({ groupName, generation: number }));
    if (ahead === undefined || before === undefined)
      return unknownGeneration(groupName, generation);
    const lag = (await sequenceOf(client, ahead)) - (await sequenceOf(client, before));
    if (lag > lagEventsMax) return notCaughtUp(before, lag);
    const goal = await sequenceOf(client, ahead, 'FOR UPDATE');
    const sequence = await sequenceOnceReached(client, before, goal, waitMilliseconds);
    if (sequence < goal) return notCaughtUp(before, goal - sequence);
    await setState(client, ahead, 'standby');
    await setState(client, before, 'active');
    await client.query('SELECT pg_notify($1, $2)', [appliedChannel, `${groupName} ${sequence}`]);
    return { outcome: 'switched', from, to: generation, sequence };
  });
}

/** The states of all generations that were not retired; they do not change until the commit. */
async function lockedStates(
  client: ClientBase,
  groupName: string,
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ generation: number; state: string }>(
    `SELECT generation, state FROM ${engineSchema}.generation
     WHERE group_name = $1 AND state <> 'retired' ORDER BY generation FOR UPDATE`,
    [groupName],
  );
  return new Map(rows.map((row) => [row.generation, row.state]));
}

/** How many events a generation holds; zero where it was never run. */
export async function sequenceOf(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  lock: 'FOR UPDATE' | '' = '',
): Promise<number> {
  const { rows } = await client.query<{ sequence: string }>(
    `SELECT sequence FROM ${engineSchema}.checkpoint
     WHERE group_name = $1 AND generation = $2 ${lock}`,
    [groupName, generation],
  );
  return Number(rows[0]?.sequence ?? 0);
}

/** The sequence of a generation as soon as it is at least the goal, or when the time is over. */
export async function sequenceOnceReached(
  client: ClientBase,
  key: GenerationKey,
  goal: number,
  waitMilliseconds: number,
): Promise<number> {
  const until = performance.now() + waitMilliseconds;
  for (;;) {
    const sequence = await sequenceOf(client, key);
    if (sequence >= goal || performance.now() > until) return sequence;
    await pause(pollMilliseconds);
  }
}

async function setState(
  client: ClientBase,
  { groupName, generation }: GenerationKey,
  state: 'active' | 'standby',
): Promise<void> {
  await client.query(
    `UPDATE ${engineSchema}.generation
     SET state = $3, switches_by_itself = false, switched_at = now()
     WHERE group_name = $1 AND generation = $2`,
    [groupName, generation, state],
  );
}

function notCaughtUp({ generation }: GenerationKey, lag: number): GenerationRefused {
  return refused(
    'generation_not_caught_up',
    `Generation ${generation} is ${lag} events behind the one that is read. Wait until it has ` +
      'caught up ("daybook projection list" shows it), and try again.',
  );
}
