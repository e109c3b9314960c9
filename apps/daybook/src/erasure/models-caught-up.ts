import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventStoreReader } from '#event-store';
import { comparePositions } from '#kernel';
import { readCheckpoint } from '#projection-engine';
import { ProblemError } from '../http/problems/problem.js';

const pollMilliseconds = 25;
const waitMillisecondsDefault = 15_000;

/**
 * Waits until the read models hold all that the ledger holds at the moment of asking. Whom an order
 * or a parcel tells of is read from them: one that lags would leave somebody out.
 */
export class ModelsCaughtUp {
  constructor(
    private readonly store: Pick<EventStoreReader, 'readTail'>,
    private readonly prefix: string,
    private readonly pool: Pool,
    private readonly groupName: string,
  ) {}

  /** @throws ProblemError `position_not_reached` once the time is over, or the signal is given */
  async wait(milliseconds = waitMillisecondsDefault, signal?: AbortSignal): Promise<void> {
    const tail = await this.store.readTail(this.prefix);
    if (tail === undefined) return;
    const until = performance.now() + milliseconds;
    for (;;) {
      const checkpoint = await readCheckpoint(this.pool, this.groupName);
      const reached = checkpoint?.position;
      if (reached !== undefined && comparePositions(reached, tail.position) >= 0) return;
      if (performance.now() > until || signal?.aborted === true) break;
      await pause(pollMilliseconds);
    }
    throw new ProblemError({
      code: 'position_not_reached',
      detail: 'The read models do not hold the end of the ledger yet.',
      retryAfterSeconds: 1,
    });
  }
}
