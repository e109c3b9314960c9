import type { Notification, PoolClient } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import { parkedRequestTable } from './parked-layout.js';
import { requestChannel, wordOf } from './request-channel.js';
import type { RetryAnswer } from './retry-answer.js';

/** A pooler between us and the server may swallow announcements: the requests are what counts. */
const lookMilliseconds = 5_000;

/** Answers are kept for so long, for whoever asked and looks later. */
const answeredDaysMax = 1;
const attemptsMax = 3;

const brokenOff: RetryAnswer = {
  outcome: 'refused',
  code: 'retry_broken_off',
  message: `The projector ended ${attemptsMax} times while it retried the key. See its log, and ask again.`,
};

interface RequestRow {
  readonly request_id: string;
  readonly key: string;
  readonly attempts: number;
  readonly requested_at: Date;
}

export interface RetryRequest {
  readonly requestId: string;
  readonly key: string;
}

/** What the holder of a generation is asked to try again, heard on the connection it holds. */
export class RetryRequests {
  private heard = true;
  private wake: () => void = () => undefined;
  private readonly looking: NodeJS.Timeout;

  private readonly listener = ({ channel, payload }: Notification): void => {
    if (channel === requestChannel && payload === wordOf(this.key)) this.hear();
  };

  private constructor(
    private readonly client: PoolClient,
    private readonly key: GenerationKey,
  ) {
    client.on('notification', this.listener);
    this.looking = setInterval(() => this.hear(), lookMilliseconds);
    this.looking.unref();
  }

  /** Nobody is waited for any more. */
  stop(): void {
    clearInterval(this.looking);
    this.client.off('notification', this.listener);
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

  /**
   * What is not answered yet, in the order in which it was asked for. A request during which the
   * holder ended again and again is refused: it would else end every holder to come.
   */
  async open(): Promise<readonly RetryRequest[]> {
    this.heard = false;
    const { rows } = await this.client.query<RequestRow>(
      `WITH forgotten AS (DELETE FROM ${parkedRequestTable}
         WHERE answered_at < now() - interval '${answeredDaysMax} days')
       UPDATE ${parkedRequestTable} SET attempts = attempts + 1
       WHERE group_name = $1 AND generation = $2 AND answered_at IS NULL
       RETURNING request_id, key, attempts, requested_at`,
      [this.key.groupName, this.key.generation],
    );
    const asked = [...rows].sort(
      (left, right) => Number(left.requested_at) - Number(right.requested_at),
    );
    const open: RetryRequest[] = [];
    for (const { request_id: requestId, key, attempts } of asked) {
      if (attempts <= attemptsMax) open.push({ requestId, key });
      else await this.answer({ requestId, key }, brokenOff);
    }
    return open;
  }

  /** Answers a request, within the transaction that does what it asks for where there is one. */
  async answer({ requestId }: RetryRequest, answer: RetryAnswer): Promise<void> {
    await this.client.query(
      `UPDATE ${parkedRequestTable} SET answered_at = now(), answer = $2 WHERE request_id = $1`,
      [requestId, JSON.stringify(answer)],
    );
  }
}
