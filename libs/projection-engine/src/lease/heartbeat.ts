import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type HeldLease, renewLease } from './keep-lease.js';

/**
 * Renews a lease at intervals, on another connection than the batches', so that neither a long fold
 * nor a long transaction lets it expire.
 */
export class Heartbeat {
  private readonly ending = new AbortController();
  private readonly beating: Promise<void>;

  /** @param onLost called once, where somebody else holds the lease */
  constructor(
    private readonly pool: Pool,
    private readonly lease: HeldLease,
    private readonly renewMilliseconds: number,
    private readonly onLost: () => void,
  ) {
    this.beating = this.beat();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.beating;
  }

  private async beat(): Promise<void> {
    const { signal } = this.ending;
    for (;;) {
      await setTimeout(this.renewMilliseconds, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      // What cannot be renewed now is tried again; who has lost it meanwhile is refused by the guard.
      const isHeld = await renewLease(this.pool, this.lease).catch(() => true);
      if (isHeld) continue;
      if (!signal.aborted) this.onLost();
      return;
    }
  }
}
