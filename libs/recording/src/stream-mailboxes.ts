import { LRUCache } from 'lru-cache';
import type { EventStore } from '#event-store';
import type { KnownStream } from './known-stream.js';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';
import { type MailboxSurroundings, StreamMailbox } from './stream-mailbox.js';
import { unavailable } from './stream-outcome.js';
import type { WaitingWork } from './waiting-work.js';

/** The mailboxes of a process: streams proceed at the same time, up to a bound, in fair turns. */
export class StreamMailboxes {
  readonly #surroundings: MailboxSurroundings;
  readonly #mailboxes = new Map<string, StreamMailbox>();
  readonly #ready: StreamMailbox[] = [];
  #inFlight = 0;
  #waiting = 0;
  readonly #idle: (() => void)[] = [];

  constructor(
    store: EventStore,
    prefix: string,
    limits: RecorderLimits,
    counters: RecordingCounters,
  ) {
    const knownStreams = new LRUCache<string, KnownStream>({
      maxSize: limits.knownEventsMax,
      sizeCalculation: (known) => known.weight,
    });
    this.#surroundings = { store, prefix, limits, counters, knownStreams };
  }

  /** Items of one stream are settled in the order in which they were added. */
  add(leaf: string, item: WaitingWork): void {
    const { waitingMax } = this.#surroundings.limits;
    if (this.#waiting >= waitingMax) {
      const message = `${waitingMax} facts and decisions are waiting already.`;
      item.settle(unavailable('recorder_overloaded', message));
      return;
    }
    this.#waiting += 1;
    const known = this.#mailboxes.get(leaf);
    const mailbox = known ?? new StreamMailbox(leaf, this.#surroundings);
    mailbox.add(item);
    if (known) return;
    this.#mailboxes.set(leaf, mailbox);
    this.#ready.push(mailbox);
    // What else the caller adds now shares the first append.
    queueMicrotask(() => this.#proceed());
  }

  /** Resolves once nothing waits and nothing is in flight. */
  async settled(): Promise<void> {
    if (this.#mailboxes.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #proceed(): void {
    while (this.#inFlight < this.#surroundings.limits.streamsInFlightMax) {
      const mailbox = this.#ready.shift();
      if (mailbox === undefined) return;
      this.#inFlight += 1;
      void mailbox.takeTurn().then((settledCount) => this.#afterTurn(mailbox, settledCount));
    }
  }

  #afterTurn(mailbox: StreamMailbox, settledCount: number): void {
    this.#inFlight -= 1;
    this.#waiting -= settledCount;
    if (mailbox.waitingCount > 0) this.#ready.push(mailbox);
    else this.#mailboxes.delete(mailbox.leaf);
    this.#proceed();
    if (this.#mailboxes.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
