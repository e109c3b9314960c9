import { describe, expect, it, onTestFinished } from 'vitest';

import { startEmbeddedEventStore } from '#embedded-event-store';
import { connectEventStore, type StoreNotice, type SubscriptionItem } from '#event-store';

import {
  eventIdsOf,
  eventsToAppend,
  fill,
  givenFolder,
  givenNode,
  givenStore,
  turns,
  write,
} from './store-on-disk.js';
import { TcpProxy } from '../../doubles/tcp-proxy.js';

const streamPrefix = 'daybook.';

/** Takes items until the condition holds for a batch, then aborts. */
async function takeUntil(
  batches: AsyncIterable<readonly SubscriptionItem[]>,
  abort: AbortController,
  isEnough: (batch: readonly SubscriptionItem[]) => boolean,
): Promise<SubscriptionItem[]> {
  const items: SubscriptionItem[] = [];
  for await (const batch of batches) {
    items.push(...batch);
    if (isEnough(batch)) abort.abort();
  }
  return items;
}

const holds = (eventId: string | undefined) => (items: readonly SubscriptionItem[]) =>
  items.some((item) => item.kind === 'event' && item.event.eventId === eventId);
const isCaughtUp = (items: readonly SubscriptionItem[]): boolean =>
  items.at(-1)?.kind === 'caught_up';

describe('a subscription under a prefix', () => {
  it('gives what there is, says so once, and then gives what is written, each event once', async () => {
    const store = givenStore(await givenNode());
    const history = await fill(store, 'daybook.order-1', 3_000);
    await fill(store, 'foreign-1', 50);
    const abort = new AbortController();
    const live = eventsToAppend(3);
    const items: SubscriptionItem[] = [];
    for await (const item of store.subscribe({
      streamPrefix,
      after: 'start',
      signal: abort.signal,
    })) {
      items.push(item);
      if (item.kind === 'caught_up') await write(store, 'daybook.order-2', 'no_stream', live);
      if (holds(live[2]?.eventId)([item])) abort.abort();
    }
    expect(eventIdsOf(items)).toEqual([...history, ...live.map((event) => event.eventId)]);
    const caughtUpAt = items.findIndex((item) => item.kind === 'caught_up');
    expect(eventIdsOf(items.slice(0, caughtUpAt))).toHaveLength(3_000);
    expect(items.filter((item) => item.kind === 'caught_up')).toHaveLength(1);
  });

  it('goes on after the position of an event or of a checkpoint, exclusively', async () => {
    const store = givenStore(await givenNode());
    const ids = await fill(store, 'daybook.order-1', 5);
    await fill(store, 'foreign-1', 3_000);
    const later = await fill(store, 'daybook.order-2', 2);
    const first = new AbortController();
    const items = await takeUntil(
      store.subscribeInBatches(
        { streamPrefix, after: 'start', signal: first.signal },
        { itemsMax: 1 },
      ),
      first,
      isCaughtUp,
    );
    const third = items.find((item) => holds(ids[2])([item]));
    const checkpoint = items.find((item) => item.kind === 'checkpoint');
    expect(items.indexOf(checkpoint!)).toBeGreaterThan(4);
    for (const [after, expected] of [
      [third?.kind === 'event' && third.event.position, [...ids.slice(3), ...later]],
      [checkpoint?.kind === 'checkpoint' && checkpoint.position, later],
    ] as const) {
      const abort = new AbortController();
      const request = { streamPrefix, after: after || 'start', signal: abort.signal } as const;
      const resumed = await takeUntil(
        store.subscribeInBatches(request, { itemsMax: 100 }),
        abort,
        isCaughtUp,
      );
      expect(eventIdsOf(resumed)).toEqual(expected);
    }
  });

  it('comes in batches of at most as many items as asked for', async () => {
    const store = givenStore(await givenNode());
    await fill(store, 'daybook.order-1', 2_000);
    const abort = new AbortController();
    const sizes: number[] = [];
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    for await (const batch of store.subscribeInBatches(request, { itemsMax: 64 })) {
      sizes.push(batch.length);
      if (sizes.length === 1) await turns(300);
      if (isCaughtUp(batch)) abort.abort();
    }
    expect(Math.max(...sizes)).toBe(64);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('ends when it is aborted while nothing comes, and when the connection is closed', async () => {
    const store = connectEventStore(await givenNode());
    const abort = new AbortController();
    const aborted = takeUntil(
      store.subscribeInBatches(
        { streamPrefix, after: 'start', signal: abort.signal },
        { itemsMax: 9 },
      ),
      abort,
      isCaughtUp,
    );
    await expect(aborted).resolves.toEqual([{ kind: 'caught_up' }]);
    const never = new AbortController();
    const request = { streamPrefix, after: 'start', signal: never.signal } as const;
    const closed = takeUntil(
      store.subscribeInBatches(request, { itemsMax: 9 }),
      never,
      () => false,
    );
    await store.close();
    await expect(closed).resolves.toSatisfy((items: unknown[]) => items.length <= 1);
  });

  it('refuses a position that is no event’s, and an empty prefix', async () => {
    const store = givenStore(await givenNode());
    await fill(store, 'daybook.order-1', 3);
    const { signal } = new AbortController();
    const after = { commit: 1n, prepare: 1n };
    const next = (request: { streamPrefix: string; after: typeof after | 'start' }) => {
      const batches = store.subscribeInBatches({ ...request, signal }, { itemsMax: 9 });
      return batches[Symbol.asyncIterator]().next();
    };
    await expect(next({ streamPrefix, after })).rejects.toThrow(/refused a subscription/);
    await expect(next({ streamPrefix: '', after: 'start' })).rejects.toThrow(/prefix/);
  });
});

describe('a subscription whose connection breaks', () => {
  it('gives everything once, in order, however often the wire is cut', async () => {
    const proxy = await TcpProxy.start((await givenNode()).port);
    const notices: StoreNotice[] = [];
    const store = givenStore({
      connectionString: proxy.connectionString,
      report: (notice) => notices.push(notice),
    });
    onTestFinished(() => proxy.stop());
    const history = await fill(store, 'daybook.order-1', 12_000, { text: 'x'.repeat(200) });
    const abort = new AbortController();
    let cuts = 0;
    const received: string[] = [];
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    for await (const batch of store.subscribeInBatches(request, { itemsMax: 500 })) {
      received.push(...eventIdsOf(batch));
      if (received.length > (cuts + 1) * 1_000 && cuts < 10) {
        cuts += 1;
        proxy.cut();
      }
      if (holds(history.at(-1))(batch)) abort.abort();
    }
    expect(received).toEqual(history);
    expect(cuts).toBe(10);
    expect(store.statistics().subscriptionsInterrupted).toBeGreaterThanOrEqual(5);
    expect(notices).toMatchObject([{ code: 'subscription_interrupted', occurrences: 1 }]);
  });

  it('goes on when a node that was stopped is back', async () => {
    const directory = await givenFolder();
    const before = await startEmbeddedEventStore({ directory });
    const store = givenStore(before);
    const ids = await fill(store, 'daybook.order-1', 10);
    const abort = new AbortController();
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    const events: string[] = [];
    for await (const item of store.subscribe(request)) {
      events.push(...eventIdsOf([item]));
      if (item.kind === 'caught_up' && events.length === 10) {
        await before.stop();
        const after = await startEmbeddedEventStore({ directory, port: before.port });
        onTestFinished(() => after.stop());
        ids.push(...(await fill(store, 'daybook.order-2', 5)));
      }
      if (events.length === 15) abort.abort();
    }
    expect(events).toEqual(ids);
  });

  it('is slowed down, not filled up, by a consumer that pauses', async () => {
    const proxy = await TcpProxy.start((await givenNode()).port);
    const store = givenStore({ connectionString: proxy.connectionString });
    onTestFinished(() => proxy.stop());
    const data = { text: 'x'.repeat(1_500) };
    const history = await fill(store, 'daybook.order-1', 8_000, data);
    const abort = new AbortController();
    const sentBefore = proxy.bytesToClients;
    const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
    const batches = store.subscribeInBatches(request, { itemsMax: 1 })[Symbol.asyncIterator]();
    const first = await batches.next();
    const sentInPause = (await bytesWhenQuiet(proxy)) - sentBefore;
    expect(sentInPause).toBeLessThan(history.length * 1_500 * 0.6);
    const rest = await takeUntil(
      { [Symbol.asyncIterator]: () => batches },
      abort,
      holds(history.at(-1)),
    );
    expect([...eventIdsOf(first.value as SubscriptionItem[]), ...eventIdsOf(rest)]).toEqual(
      history,
    );
  });
});

/** What the node has sent once it sends no more: unchanged over twenty turns of 10 ms. */
async function bytesWhenQuiet(proxy: TcpProxy): Promise<number> {
  let bytes = -1;
  for (let quietTurns = 0; quietTurns < 20;) {
    quietTurns = proxy.bytesToClients === bytes ? quietTurns + 1 : 0;
    bytes = proxy.bytesToClients;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return bytes;
}
