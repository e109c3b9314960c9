import { comparePositions, type StorePosition } from '#kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { type Checkpoint, readCheckpoint } from '../postgres/checkpoint.js';
import { appliedChannel } from '../postgres/write-batch.js';

/** Without any announcement the checkpoint is read this often while somebody waits. */
const rereadMilliseconds = 1_000;
const reconnectMilliseconds = 200;

interface Waiter {
  readonly position: StorePosition;
  readonly settle: (outcome: WaitOutcome) => void;
}

export type WaitOutcome = 'reached' | 'timed_out';

/**
 * Lets readers in any process wait until a group's tables hold what lies up to a position.
 *
 * It listens on one connection of the pool for the announcements of commits. An announcement can be
 * lost with the connection, so the checkpoint itself is what counts: it is read again on each
 * announcement, after each reconnection and every second.
 */
export class PositionWaiter {
  private readonly waiters = new Set<Waiter>();
  private readonly closing = new AbortController();
  private readonly listening: Promise<void>;
  private readonly timer: NodeJS.Timeout;
  private reading: Promise<void> | undefined;
  private readAgain = false;

  constructor(
    private readonly pool: Pool,
    private readonly groupName: string,
  ) {
    this.listening = this.listen();
    this.timer = setInterval(() => {
      if (this.waiters.size > 0) this.reread();
    }, rereadMilliseconds);
    this.timer.unref();
  }

  /**
   * Waits until everything up to a position of an event is applied.
   *
   * @param milliseconds zero asks without waiting.
   */
  async waitFor(position: StorePosition, milliseconds: number): Promise<WaitOutcome> {
    if (milliseconds <= 0) {
      const checkpoint = await readCheckpoint(this.pool, this.groupName);
      return holds(checkpoint, position) ? 'reached' : 'timed_out';
    }
    return new Promise<WaitOutcome>((resolve) => {
      const timer = setTimeout(() => waiter.settle('timed_out'), milliseconds);
      const waiter: Waiter = {
        position,
        settle: (outcome) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(outcome);
        },
      };
      this.waiters.add(waiter);
      this.reread();
    });
  }

  /** Ends every wait as timed out and gives the connection back. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.closing.abort();
    for (const waiter of this.waiters) waiter.settle('timed_out');
    await this.listening;
    await this.reading;
  }

  /** Reads the checkpoint where somebody waits; what comes during a reading is read once after it. */
  private reread(): void {
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    this.reading = this.readApplied().finally(() => {
      this.reading = undefined;
      if (!this.readAgain) return;
      this.readAgain = false;
      if (this.waiters.size > 0) this.reread();
    });
  }

  private async readApplied(): Promise<void> {
    let checkpoint: Checkpoint | undefined;
    try {
      checkpoint = await readCheckpoint(this.pool, this.groupName);
    } catch {
      // PostgreSQL is away: the waits go on, and end by their own limits.
      return;
    }
    for (const waiter of this.waiters) {
      if (holds(checkpoint, waiter.position)) waiter.settle('reached');
    }
  }

  private async listen(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        const client = await this.pool.connect();
        await this.listenOn(client);
      } catch {
        await pause(reconnectMilliseconds, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async listenOn(client: PoolClient): Promise<void> {
    const { signal } = this.closing;
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
      // An abort that came while connecting is not announced again.
      if (signal.aborted) resolve();
    });
    client.on('notification', ({ payload }) => {
      if (payload?.startsWith(`${this.groupName} `) && this.waiters.size > 0) this.reread();
    });
    try {
      await client.query(`LISTEN ${appliedChannel}`);
      this.reread();
      await ended;
    } finally {
      client.release(true);
    }
  }
}

/** True where the tables at a checkpoint hold what lies up to a position. */
function holds(checkpoint: Checkpoint | undefined, position: StorePosition): boolean {
  return checkpoint?.position !== undefined && comparePositions(checkpoint.position, position) >= 0;
}
