import type { RecordedEvent, SubscriptionItem } from '#event-store';
import { setTimeout } from 'node:timers/promises';

/**
 * So long a catch-up waits for a batch to fill before it takes what there is. It is longer than any
 * step of a fold, since what arrived while the event loop was busy must not look like silence.
 */
const fillMilliseconds = 200;

/**
 * Events of a subscription in batches: full ones while catching up, whatever has come as soon as it
 * has come when live.
 */
export class EventBatches {
  private readonly waiting: RecordedEvent[] = [];
  private pending: Promise<IteratorResult<readonly SubscriptionItem[]>> | undefined;
  private live = false;
  private ended = false;

  constructor(
    private readonly items: AsyncIterator<readonly SubscriptionItem[]>,
    private readonly batchEventsMax: number,
    /** Told whenever it comes to be live, and whenever there is more again than one batch takes. */
    private readonly turned: (live: boolean) => void,
  ) {}

  /** The next events, at least one and at most `batchEventsMax`; undefined at the end. */
  async next(): Promise<readonly RecordedEvent[] | undefined> {
    while (!this.ended && this.waiting.length < this.batchEventsMax) {
      if (this.waiting.length > 0 && (this.live || !(await this.arrivesSoon()))) break;
      await this.take();
    }
    const batch = this.waiting.splice(0, this.batchEventsMax);
    // A full batch means that there is more than one can take: that is catching up again.
    if (batch.length === this.batchEventsMax) this.turn(false);
    return batch.length > 0 ? batch : undefined;
  }

  private async arrivesSoon(): Promise<boolean> {
    const cancelled = new AbortController();
    const silence = setTimeout(fillMilliseconds, false, { signal: cancelled.signal }).catch(
      () => true,
    );
    const arrived = await Promise.race([this.pull().then(() => true), silence]);
    cancelled.abort();
    if (!arrived) this.turn(true);
    return arrived;
  }

  private turn(live: boolean): void {
    if (live === this.live) return;
    this.live = live;
    this.turned(live);
  }

  private pull(): Promise<IteratorResult<readonly SubscriptionItem[]>> {
    if (this.pending === undefined) {
      this.pending = this.items.next();
      // It may fail when nobody waits for it any more, which must not end the process.
      this.pending.catch(() => undefined);
    }
    return this.pending;
  }

  private async take(): Promise<void> {
    const result = await this.pull();
    this.pending = undefined;
    if (result.done) {
      this.ended = true;
      return;
    }
    for (const item of result.value) {
      if (item.kind === 'event') this.waiting.push(item.event);
      else if (item.kind === 'caught_up') this.turn(true);
    }
  }
}
