import type { MessagePort } from 'node:worker_threads';
import {
  EventStoreUnavailableError,
  type EventStoreReader,
  type RecordedEvent,
  type SubscriptionItem,
} from '#event-store';
import type { EventReading } from '../run/batch-folder.js';
import { engineEventOf } from '../run/stored-event.js';
import {
  type FeedMessage,
  type FeedReceipt,
  type FeedRequest,
  packEvents,
  sizeOf,
} from './feed-messages.js';

const chunkItemsMax = 512;
/** So much may wait between the threads: some ten thousand events of ordinary size. */
const waitingCharactersMax = 16 * 1024 * 1024;

/** What a feed's thread reads from. */
export interface FeedSource extends Pick<EventReading, 'streamPrefix' | 'leafDigestOf'> {
  readonly store: EventStoreReader;
}

/**
 * Serves the {@link ThreadFeed} at the other end of the port: decodes events and works out their leaf
 * digests here, so that the thread that folds need not.
 *
 * @returns once it was told to stop and every subscription has ended.
 */
export async function serveFeed(owner: MessagePort, source: FeedSource): Promise<void> {
  const subscriptions = new Map<MessagePort, Promise<void>>();
  await new Promise<void>((stopped) => {
    owner.on('message', (request: FeedRequest) => {
      if (request.kind === 'stop') {
        stopped();
        return;
      }
      const { port } = request;
      subscriptions.set(
        port,
        serve(request, source).finally(() => subscriptions.delete(port)),
      );
    });
  });
  for (const port of subscriptions.keys()) port.close();
  await Promise.all(subscriptions.values());
}

async function serve(
  { port, after }: Extract<FeedRequest, { readonly kind: 'subscribe' }>,
  { store, streamPrefix, leafDigestOf }: FeedSource,
): Promise<void> {
  const ending = new AbortController();
  const window = new Window(waitingCharactersMax);
  port.on('message', (taken: FeedReceipt) => window.leave(taken));
  port.on('close', () => {
    ending.abort();
    window.open();
  });
  const digestOf = (event: RecordedEvent): Uint8Array =>
    // No digest covers the rank, which only who counts all events knows.
    leafDigestOf(engineEventOf(event, streamPrefix, 0));
  try {
    const request = { streamPrefix, after, signal: ending.signal };
    for await (const items of store.subscribeInBatches(request, { itemsMax: chunkItemsMax })) {
      for (const message of messagesOf(items, digestOf)) {
        await window.enter(sizeOf(message));
        send(port, message);
      }
    }
  } catch (error) {
    send(port, {
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
      unavailable: error instanceof EventStoreUnavailableError,
    });
  } finally {
    port.close();
  }
}

function* messagesOf(
  items: readonly SubscriptionItem[],
  digestOf: (event: RecordedEvent) => Uint8Array,
): Generator<FeedMessage, void, void> {
  let events: RecordedEvent[] = [];
  for (const item of items) {
    if (item.kind === 'event') {
      events.push(item.event);
      continue;
    }
    if (events.length > 0) yield packEvents(events, digestOf);
    events = [];
    yield item;
  }
  if (events.length > 0) yield packEvents(events, digestOf);
}

function send(port: MessagePort, message: FeedMessage): void {
  if (message.kind !== 'events') return port.postMessage(message);
  port.postMessage(message, [message.positions.buffer, message.digests.buffer]);
}

/** Bounds what waits between the threads; one message larger than the bound goes alone. */
class Window {
  private waiting = 0;
  private isOpen = false;
  private wake: (() => void) | undefined;

  constructor(private readonly charactersMax: number) {}

  async enter(characters: number): Promise<void> {
    while (!this.isOpen && this.waiting > 0 && this.waiting + characters > this.charactersMax) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.waiting += characters;
  }

  leave(characters: number): void {
    this.waiting -= characters;
    this.wake?.();
  }

  /** Nobody takes anything any more: nobody waits either. */
  open(): void {
    this.isOpen = true;
    this.wake?.();
  }
}
