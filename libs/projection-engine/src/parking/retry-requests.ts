import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import { parkedKeyTable, parkedRequestTable } from './parked-layout.js';
import type { RetryAnswer } from './retry-answer.js';

/** The channel on which holders are told that somebody asks for something. */
const requestChannel = 'projection_engine_parked_request';
const rereadMilliseconds = 50;
/** A pooler between us and the server may swallow announcements: the requests are what counts. */
const lookMilliseconds = 5_000;

export interface RetryRequest {
  readonly requestId: string;
  readonly key: string;
}

/** What the holder of a generation is asked to try again, heard on the connection it holds. */
export class RetryRequests {
  private heard = true;
  private wake: () => void = () => undefined;
  private readonly looking: NodeJS.Timeout;

  private constructor(
    private readonly client: PoolClient,
    private readonly key: GenerationKey,
  ) {
    client.on('notification', ({ channel, payload }) => {
      if (channel !== requestChannel || payload !== wordOf(key)) return;
      this.hear();
    });
    this.looking = setInterval(() => this.hear(), lookMilliseconds);
    this.looking.unref();
  }

  /** Nobody is waited for any more. */
  stop(): void {
    clearInterval(this.looking);
  }

  /** Listens from now on; what was asked for before is heard at once. */
  static async on(client: PoolClient, key: GenerationKey): Promise<RetryRequests> {
    const requests = new RetryRequests(client, key);
    await client.query(`LISTEN ${requestChannel}`);
    return requests;
  }

  /** Resolves once something is asked for. Only the promise given last does. */
  arrived(): Promise<'asked'> {
    return new Promise((resolve) => {
      this.wake = () => resolve('asked');
      if (this.heard) resolve('asked');
    });
  }

  private hear(): void {
    this.heard = true;
    this.wake();
  }

  /** What is not answered yet, in the order in which it was asked for. */
  async open(): Promise<readonly RetryRequest[]> {
    this.heard = false;
    const { rows } = await this.client.query<{ request_id: string; key: string }>(
      `SELECT request_id, key FROM ${parkedRequestTable}
       WHERE group_name = $1 AND generation = $2 AND answered_at IS NULL
       ORDER BY requested_at, request_id`,
      [this.key.groupName, this.key.generation],
    );
    return rows.map(({ request_id: requestId, key }) => ({ requestId, key }));
  }

  /** Answers a request, within the transaction that does what it asks for where there is one. */
  async answer({ requestId }: RetryRequest, answer: RetryAnswer): Promise<void> {
    await this.client.query(
      `UPDATE ${parkedRequestTable} SET answered_at = now(), answer = $2 WHERE request_id = $1`,
      [requestId, JSON.stringify(answer)],
    );
  }
}

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
  pool: ClientBase | Pool,
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

function wordOf({ groupName, generation }: GenerationKey): string {
  return `${groupName} ${generation}`;
}
