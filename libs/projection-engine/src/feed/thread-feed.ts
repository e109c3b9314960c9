import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { EventStoreUnavailableError } from '#event-store';
import type { StorePosition } from '#kernel';
import type { EventFeed, FeedItem } from './event-feed.js';
import { type FeedMessage, type FeedRequest, sizeOf, unpackEvents } from './feed-messages.js';

const stopMillisecondsMax = 5_000;

/**
 * A feed that another thread reads and decodes (`serveFeed`): the thread that folds is the one that
 * everything waits for in a rebuild, and has this much less to do.
 */
export class ThreadFeed implements EventFeed {
  private readonly exited: Promise<void>;
  private readonly open = new Set<Received>();
  private failure: Error | undefined;

  constructor(private readonly worker: Pick<Worker, 'on' | 'once' | 'postMessage' | 'terminate'>) {
    worker.on('error', (error: unknown) => this.fail(error));
    this.exited = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.fail(new Error(`The thread that reads the event store ended with code ${code}.`));
        resolve();
      });
    });
  }

  async *subscribe({
    after,
    signal,
  }: {
    readonly after: StorePosition | 'start';
    readonly signal: AbortSignal;
  }): AsyncGenerator<readonly FeedItem[], void, void> {
    if (signal.aborted) return;
    if (this.failure) throw this.failure;
    const { port1, port2 } = new MessageChannel();
    const received = new Received(port1);
    this.open.add(received);
    signal.addEventListener('abort', received.end, { once: true });
    this.worker.postMessage({ kind: 'subscribe', after, port: port2 } satisfies FeedRequest, [
      port2,
    ]);
    try {
      for (let message = await received.next(); message; message = await received.next()) {
        if (signal.aborted) return;
        if (message.kind === 'failed') throw failureOf(message);
        yield message.kind === 'events' ? unpackEvents(message) : [message];
        port1.postMessage(sizeOf(message));
      }
    } finally {
      signal.removeEventListener('abort', received.end);
      this.open.delete(received);
      port1.close();
    }
  }

  /** Ends the thread with every subscription. */
  async close(): Promise<void> {
    this.worker.postMessage({ kind: 'stop' } satisfies FeedRequest);
    const late = setTimeout(() => void this.worker.terminate(), stopMillisecondsMax);
    await this.exited;
    clearTimeout(late);
  }

  private fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
    for (const received of this.open) received.fail(this.failure);
  }
}

function failureOf({ message, unavailable }: Extract<FeedMessage, { kind: 'failed' }>): Error {
  return unavailable ? new EventStoreUnavailableError(message) : new Error(message);
}

/** The messages of one subscription that were not taken yet; the other thread bounds them. */
class Received {
  private readonly messages: FeedMessage[] = [];
  private ended = false;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(port: MessagePort) {
    port.on('message', (message: FeedMessage) => {
      this.messages.push(message);
      this.wake?.();
    });
    port.on('close', () => this.end());
  }

  /** The next message; undefined at the end. @throws where the thread failed. */
  async next(): Promise<FeedMessage | undefined> {
    while (this.messages.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const message = this.messages.shift();
    if (message === undefined && this.failure) throw this.failure;
    return message;
  }

  readonly end = (): void => {
    this.ended = true;
    this.wake?.();
  };

  fail(error: Error): void {
    this.failure = error;
    this.end();
  }
}
