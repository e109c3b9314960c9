import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import { parkedKeyTable, parkedRequestTable } from './parked-layout.js';
import { requestChannel, wordOf } from './request-channel.js';
import type { RetryAnswer } from './retry-answer.js';

const rereadMilliseconds = 50;

/**
 * Asks whoever holds the group to try a parked key again, in every generation that has parked it, and
 * waits until the holder of the generation given has done so.
 *
 * @returns its answer, or undefined where none came in time: the request stands, and is done as soon
 *   as somebody holds the group again.
 */
export async function askForRetry(
  pool: Pool,
  { groupName, generation }: GenerationKey,
  key: string,
  waitMilliseconds: number,
): Promise<RetryAnswer | undefined> {
  const requestId = await leaveRequests(pool, { groupName, generation }, key);
  if (requestId === undefined) return { outcome: 'not_parked' };
  const until = performance.now() + waitMilliseconds;
  for (;;) {
    const { rows } = await pool.query<{ answer: string | null }>(
      `SELECT answer FROM ${parkedRequestTable} WHERE request_id = $1`,
      [requestId],
    );
    const answer = rows[0]?.answer;
    if (typeof answer === 'string') return JSON.parse(answer) as RetryAnswer;
    if (performance.now() >= until) return undefined;
    await pause(rereadMilliseconds);
  }
}

/** @returns the request to the holder of the generation given; undefined where it has no such key */
async function leaveRequests(
  pool: Pool,
  { groupName, generation }: GenerationKey,
  key: string,
): Promise<string | undefined> {
  const found = await pool.query<{ generation: number }>(
    `SELECT generation FROM ${parkedKeyTable} WHERE group_name = $1 AND key = $2`,
    [groupName, key],
  );
  let own: string | undefined;
  for (const { generation: each } of found.rows) {
    const requestId = randomUUID();
    if (each === generation) own = requestId;
    await pool.query(
      `WITH asked AS (INSERT INTO ${parkedRequestTable} (request_id, group_name, generation, key)
         VALUES ($1, $2, $3, $4))
       SELECT pg_notify($5, $6)`,
      [requestId, groupName, each, key, requestChannel, wordOf({ groupName, generation: each })],
    );
  }
  return own;
}
