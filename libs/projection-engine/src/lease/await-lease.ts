import type { ClientBase } from 'pg';
import type { GenerationKey } from '../postgres/identifiers.js';
import { releasedChannel } from './lease-table.js';
import type { LeaseTerms } from './lease-terms.js';
import { takeLease, type TakeOutcome } from './take-lease.js';

/** An expiry is looked at just after it, not just before. */
const afterExpiryMilliseconds = 20;

export interface LeaseRequest extends GenerationKey {
  readonly holder: string;
  readonly terms: LeaseTerms;
  readonly signal: AbortSignal;
  /** Called with whoever holds it, each time that it is somebody else. */
  readonly onStandby: (heldBy: string) => void;
}

/**
 * Takes a lease as soon as it can be had. Whoever gives it back tells so; whoever dies is seen at the
 * next look.
 *
 * @returns undefined where it was told to end before
 */
export async function awaitLease(
  client: ClientBase,
  request: LeaseRequest,
): Promise<Exclude<TakeOutcome, { outcome: 'held' }> | undefined> {
  const { holder, terms, signal, onStandby } = request;
  let heldBy: string | undefined;
  let released = new Announcement();
  const hear = (): void => released.heard();
  try {
    while (!signal.aborted) {
      const taking = await takeLease(client, request, holder, terms);
      if (taking.outcome !== 'held') return taking;
      if (heldBy === undefined) {
        client.on('notification', hear);
        client.on('end', hear);
        signal.addEventListener('abort', hear);
        await client.query(`LISTEN ${releasedChannel}`);
      }
      if (heldBy !== taking.holder) onStandby(taking.holder);
      heldBy = taking.holder;
      const expiry = taking.remainingMilliseconds + afterExpiryMilliseconds;
      if (!signal.aborted) await released.within(Math.min(expiry, terms.pollMilliseconds));
      released = new Announcement();
    }
    return undefined;
  } finally {
    client.off('notification', hear);
    client.off('end', hear);
    signal.removeEventListener('abort', hear);
    // On a connection that is lost there is nothing to stop.
    if (heldBy !== undefined)
      await client.query(`UNLISTEN ${releasedChannel}`).catch(() => undefined);
  }
}

/** Something that is waited for a while. */
class Announcement {
  private settle: () => void = () => undefined;
  private readonly announced = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  heard(): void {
    this.settle();
  }

  async within(milliseconds: number): Promise<void> {
    const timer = setTimeout(() => this.settle(), milliseconds);
    await this.announced;
    clearTimeout(timer);
  }
}
