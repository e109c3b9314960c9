import type { RecordedEvent, SubscriptionItem } from '#event-store';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { EventBatches, type LivePace } from './event-batches.js';

const eventAt = (index: number): SubscriptionItem => ({
  kind: 'event',
  event: {
    stream: 's',
    revision: index,
    eventId: `e${index}`,
    type: 'T',
    data: {},
    metadata: {},
    position: { commit: BigInt(index), prepare: BigInt(index) },
  },
});
const eventsFrom = (from: number, to: number): readonly SubscriptionItem[] =>
  Array.from({ length: to - from }, (_, index) => eventAt(from + index));
const idsOf = (batch: readonly RecordedEvent[] | undefined) => batch?.map(({ eventId }) => eventId);

/** Gives chunks one after the other, and then waits until it is released. */
class Source implements AsyncIterator<readonly SubscriptionItem[]> {
  release: () => void = () => undefined;
  constructor(private readonly chunks: (readonly SubscriptionItem[])[]) {}

  async next(): Promise<IteratorResult<readonly SubscriptionItem[]>> {
    const value = this.chunks.shift();
    if (value) return { done: false, value };
    await new Promise<void>((resolve) => (this.release = resolve));
    return { done: true, value: undefined };
  }
}

/** Gives a chunk whenever it is told to. */
class Arriving implements AsyncIterator<readonly SubscriptionItem[]> {
  private readonly chunks: (readonly SubscriptionItem[])[] = [];
  private wake: () => void = never;

  give(...items: readonly SubscriptionItem[]): void {
    this.chunks.push(items);
    this.wake();
  }

  async next(): Promise<IteratorResult<readonly SubscriptionItem[]>> {
    if (this.chunks.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return { done: false, value: this.chunks.shift() ?? [] };
  }
}

const caughtUp: SubscriptionItem = { kind: 'caught_up' };
const never = (): void => undefined;
const idle: LivePace = { millisecondsApart: () => 0, written: () => Promise.resolve() };

describe('batches of a subscription', () => {
  it('are full while catching up, however the chunks are cut', async () => {
    const turns: boolean[] = [];
    const source = new Source([eventsFrom(0, 2), eventsFrom(2, 9), eventsFrom(9, 10)]);
    const batches = new EventBatches(source, 4, (live) => turns.push(live));
    expect(idsOf(await batches.next())).toEqual(['e0', 'e1', 'e2', 'e3']);
    expect(idsOf(await batches.next())).toEqual(['e4', 'e5', 'e6', 'e7']);
    expect(turns).toEqual([]);
    expect(idsOf(await batches.next())).toEqual(['e8', 'e9']);
    expect(turns).toEqual([true]);
  });

  it('are given as they come once the store says that it has caught up', async () => {
    const turns: boolean[] = [];
    const source = new Arriving();
    const batches = new EventBatches(source, 100, (live) => turns.push(live));
    source.give(eventAt(0), caughtUp);
    expect(idsOf(await batches.next())).toEqual(['e0']);
    source.give(eventAt(1));
    expect(idsOf(await batches.next())).toEqual(['e1']);
    expect(turns).toEqual([true]);
  });

  it('that are live take all that waits, however small the chunks', async () => {
    const chunks = Array.from({ length: 60 }, (_, index) => [eventAt(index)]);
    const batches = new EventBatches(new Source([[caughtUp], ...chunks]), 50, () => undefined);
    expect(await batches.next()).toHaveLength(50);
  });

  it.each([
    ['come no faster than they may', { millisecondsApart: () => 60_000, written: async () => 0 }],
    ['wait for the one before', { millisecondsApart: () => 0, written: () => new Promise(never) }],
  ])('that are live %s, and hold what came meanwhile', async (_, busy) => {
    const source = new Arriving();
    let pace: LivePace = idle;
    const batches = new EventBatches(source, 3, () => undefined, undefined, {
      millisecondsApart: () => pace.millisecondsApart(),
      written: () => pace.written(),
    });
    source.give(eventAt(0), caughtUp);
    expect(idsOf(await batches.next())).toEqual(['e0']);
    pace = busy;
    const next = batches.next();
    for (const index of [1, 2, 3]) {
      source.give(eventAt(index));
      await nextTurn();
      await nextTurn();
    }
    expect(idsOf(await next)).toEqual(['e1', 'e2', 'e3']);
  });

  it('that are live are given once the one before is written', async () => {
    const source = new Arriving();
    let write: () => void = never;
    const written = new Promise<void>((resolve) => (write = resolve));
    const pace = { ...idle, written: () => written };
    const batches = new EventBatches(source, 3, () => undefined, undefined, pace);
    source.give(eventAt(0), caughtUp);
    const next = batches.next();
    write();
    expect(idsOf(await next)).toEqual(['e0']);
  });

  it('that are full and yet the last are found to be that', async () => {
    const turns: boolean[] = [];
    const source = new Source([[...eventsFrom(0, 2), caughtUp]]);
    const batches = new EventBatches(source, 2, (live) => turns.push(live));
    await batches.next();
    expect(turns).toEqual([true, false]);
    const end = batches.next();
    await vi.waitFor(() => expect(turns).toEqual([true, false, true]), 5_000);
    source.release();
    expect(await end).toBeUndefined();
  });

  it('wait for what the store is known to hold, however long its reader is held up', async () => {
    const slow = (async function* () {
      yield eventsFrom(0, 2);
      await setTimeout(400);
      yield eventsFrom(2, 3);
    })();
    const tail = { commit: 2n, prepare: 2n };
    const batches = new EventBatches(slow, 3, () => undefined, tail);
    expect(idsOf(await batches.next())).toEqual(['e0', 'e1', 'e2']);
  });

  it('end with the subscription, and no event is left behind', async () => {
    const source = new Source([eventsFrom(0, 3)]);
    const batches = new EventBatches(source, 2, () => undefined);
    expect(idsOf(await batches.next())).toEqual(['e0', 'e1']);
    expect(idsOf(await batches.next())).toEqual(['e2']);
    const end = batches.next();
    source.release();
    expect(await end).toBeUndefined();
  });

  it('fail with the subscription', async () => {
    const failing = { next: () => Promise.reject(new Error('gone')) };
    await expect(new EventBatches(failing, 2, () => undefined).next()).rejects.toThrow('gone');
  });
});
