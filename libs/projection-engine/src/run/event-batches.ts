import { comparePositions, type StorePosition } from '#kernel';
import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { FedEvent, FeedItem } from '../feed/event-feed.js';

/**
 * So long a catch-up waits for a batch to fill before it takes what there is. It is longer than any
 * step of a fold, since what arrived while the event loop was busy must not look like silence.
 */
const fillMilliseconds = 200;
/**
 * So long where the store is known to hold more: a reader that gets no time is no silence either, and
 * small batches would then keep it from getting any.
 */
const fillMillisecondsBeforeTail = 5_000;

/** What holds up live batches, so that under load they grow instead of becoming many. */
export interface LivePace {
  /** How many milliseconds lie between one live batch and the next at least. */
  readonly millisecondsApart: () => number;
  /** Resolves once the batch before is written or has failed: one given sooner would only wait. */
  readonly written: () => Promise<unknown>;
}

const withoutPace: LivePace = { millisecondsApart: () => 0, written: () => Promise.resolve() };

/**
 * Events of a subscription in batches: full ones while catching up, whatever has come as soon as it
 * has come when live, at their pace: what a batch costs hardly depends on its size.
 */
export class EventBatches {
  private readonly waiting: FedEvent[] = [];
  private pending: Promise<IteratorResult<readonly FeedItem[]>> | undefined;
  private live = false;
  private ended = false;
  private hasGiven = false;
  private givenAt = -Infinity;

  constructor(
    private readonly items: AsyncIterator<readonly FeedItem[]>,
    private readonly batchEventsMax: number,
    /** Told whenever it comes to be live, and whenever there is more again than one batch takes. */
    private readonly turned: (live: boolean) => void,
    /** Where the store ended when the subscription began, as far as that was after its start. */
    private tail?: StorePosition | undefined,
    private readonly pace: LivePace = withoutPace,
  ) {}

  /** The next events, at least one and at most `batchEventsMax`; undefined at the end. */
  async next(): Promise<readonly FedEvent[] | undefined> {
    while (!this.ended && this.waiting.length < this.batchEventsMax) {
      if (this.waiting.length > 0) {
        if (!(await (this.live ? this.arrivesMeanwhile() : this.arrivesSoon()))) break;
      } else if (this.hasGiven && !this.live) {
        // The last batch may have been full and yet the last: silence behind it says so.
        await this.arrivesSoon();
      }
      await this.take();
    }
    const batch = this.waiting.splice(0, this.batchEventsMax);
    this.hasGiven = true;
    this.givenAt = performance.now();
    // A full batch means that there is more than one can take: that is catching up again.
    if (batch.length === this.batchEventsMax) this.turn(false);
    return batch.length > 0 ? batch : undefined;
  }

  private async arrivesSoon(): Promise<boolean> {
    const waited = this.tail === undefined ? fillMilliseconds : fillMillisecondsBeforeTail;
    const arrived = await this.arrivesWithin(waited);
    if (!arrived) this.turn(true);
    return arrived;
  }

  /** Whether more comes before the next live batch may be given, or has come by then. */
  private async arrivesMeanwhile(): Promise<boolean> {
    const remaining = this.givenAt + this.pace.millisecondsApart() - performance.now();
    if (remaining > 0 && (await this.arrivesWithin(remaining))) return true;
    // A turn of the event loop at least: what waits behind the chunk at hand belongs to this batch.
    return this.arrivesBefore(Promise.all([this.pace.written(), setImmediate()]));
  }

  private async arrivesWithin(milliseconds: number): Promise<boolean> {
    const cancelled = new AbortController();
    const silence = setTimeout(milliseconds, undefined, { signal: cancelled.signal });
    const arrived = await this.arrivesBefore(silence.catch(() => undefined));
    cancelled.abort();
    return arrived;
  }

  private arrivesBefore(moment: Promise<unknown>): Promise<boolean> {
    return Promise.race([this.pull().then(() => true), moment.then(() => false)]);
  }

  private turn(live: boolean): void {
    if (live === this.live) return;
    this.live = live;
    this.turned(live);
  }

  private pull(): Promise<IteratorResult<readonly FeedItem[]>> {
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
      this.pass(item);
      if (item.kind === 'caught_up') this.turn(true);
    }
  }
  private pass(item: FeedItem): void {
    if (this.tail === undefined) return;
    const { position } = item.kind === 'event' ? item.event : { position: undefined, ...item };
    if (item.kind === 'caught_up' || (position && comparePositions(position, this.tail) >= 0)) {
      this.tail = undefined;
    }
  }
}
