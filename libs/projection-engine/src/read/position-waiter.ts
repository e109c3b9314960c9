import { comparePositions, type StorePosition } from '#kernel';
import type { Client, Pool } from 'pg';
import { type Checkpoint, readCheckpoint } from '../postgres/checkpoint.js';
import { Announcements, type DirectConnection } from './announcements.js';

/** Without any announcement the checkpoint is read this often while somebody waits. */
const rereadMilliseconds = 1_000;
const waitersMaxDefault = 1_000;

interface Waiter {
  readonly position: StorePosition;
  readonly settle: (outcome: WaitOutcome) => void;
}

export type WaitOutcome = 'reached' | 'timed_out' | 'too_many_waiting';

export interface PositionWaiterOptions {
  /** Answers who asks without waiting. */
  readonly pool: Pool;
  /** Where the announcements are heard, on one connection however many wait. */
  readonly direct: DirectConnection;
  readonly groupName: string;
  /** How many may wait at once; 1,000 where it is left out. */
  readonly waitersMax?: number;
}

/**
 * Lets readers in any process wait until a group's tables hold what lies up to a position.
 *
 * An announcement of a commit can be lost with the connection, so the checkpoint itself is what
 * counts: it is read again on each announcement, after each reconnection and every second, once for
 * all who wait.
 */
export class PositionWaiter {
  private readonly waiters = new Set<Waiter>();
  private readonly announcements: Announcements;
  private readonly timer: NodeJS.Timeout;
  private readonly waitersMax: number;
  private reading: Promise<void> | undefined;
  private readAgain = false;
  /** What was last read, and on which connection: with a server that failed, commits may be lost. */
  private known: { readonly on: Client; readonly checkpoint: Checkpoint | undefined } | undefined;
  /** Whether the checkpoint was read, or is being read, since the last announcement. */
  private isCurrent = false;

  constructor(private readonly options: PositionWaiterOptions) {
    this.waitersMax = options.waitersMax ?? waitersMaxDefault;
    const heard = (): void => {
      this.isCurrent = false;
      this.reread();
    };
    this.announcements = new Announcements(options.direct, options.groupName, heard);
    this.timer = setInterval(heard, rereadMilliseconds);
    this.timer.unref();
  }

  /** How many wait now. */
  get waiting(): number {
    return this.waiters.size;
  }

  /** Whether announcements are heard at the moment. */
  get isListening(): boolean {
    return this.announcements.client !== undefined;
  }

  /**
   * Waits until everything up to a position of an event is applied.
   *
   * @param milliseconds zero asks without waiting, and is never one too many.
   */
  async waitFor(position: StorePosition, milliseconds: number): Promise<WaitOutcome> {
    if (milliseconds <= 0) {
      const checkpoint = await readCheckpoint(this.options.pool, this.options.groupName);
      return holds(checkpoint, position) ? 'reached' : 'timed_out';
    }
    if (this.isKnownToHold(position)) return 'reached';
    if (this.waiters.size >= this.waitersMax) return 'too_many_waiting';
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
      if (!this.isCurrent) this.reread();
    });
  }

  /** Ends every wait as timed out, and the connection. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const waiter of this.waiters) waiter.settle('timed_out');
    await this.announcements.close();
    await this.reading;
  }

  /** The tables only ever hold more, whichever generation is read. */
  private isKnownToHold(position: StorePosition): boolean {
    const { known } = this;
    return known?.on === this.announcements.client && holds(known?.checkpoint, position);
  }

  /** Reads the checkpoint where somebody waits; what comes during a reading is read once after it. */
  private reread(): void {
    if (this.waiters.size === 0) return;
    if (this.reading) {
      this.readAgain = true;
      return;
    }
    this.reading = this.readApplied().finally(() => {
      this.reading = undefined;
      if (!this.readAgain) return;
      this.readAgain = false;
      this.reread();
    });
  }

  private async readApplied(): Promise<void> {
    const { client } = this.announcements;
    // Without a connection one is being made, and what it holds then is read at once.
    if (client === undefined) return;
    let checkpoint: Checkpoint | undefined;
    this.isCurrent = true;
    try {
      checkpoint = await readCheckpoint(client, this.options.groupName);
    } catch {
      this.isCurrent = false;
      this.announcements.renew(client);
      return;
    }
    this.known = { on: client, checkpoint };
    for (const waiter of this.waiters) {
      if (holds(checkpoint, waiter.position)) waiter.settle('reached');
    }
  }
}

/** True where the tables at a checkpoint hold what lies up to a position. */
function holds(checkpoint: Checkpoint | undefined, position: StorePosition): boolean {
  return checkpoint?.position !== undefined && comparePositions(checkpoint.position, position) >= 0;
}
