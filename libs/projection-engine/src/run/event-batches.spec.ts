import type { RecordedEvent, SubscriptionItem } from '#event-store';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { EventBatches } from './event-batches.js';

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
    const caughtUp: SubscriptionItem = { kind: 'caught_up' };
    const source = new Source([[eventAt(0), caughtUp], [eventAt(1)], [eventAt(2)]]);
    const batches = new EventBatches(source, 100, (live) => turns.push(live));
    expect(idsOf(await batches.next())).toEqual(['e0']);
    expect(idsOf(await batches.next())).toEqual(['e1']);
    expect(turns).toEqual([true]);
  });

  it('that are live come no faster than they may, and hold what came meanwhile', async () => {
    const caughtUp: SubscriptionItem = { kind: 'caught_up' };
    const source = new Source([[eventAt(0), caughtUp], [eventAt(1)], [eventAt(2)], [eventAt(3)]]);
    const apart = [0, 60_000];
    const batches = new EventBatches(
      source,
      3,
      () => undefined,
      undefined,
      () => apart.shift() ?? 0,
    );
    expect(idsOf(await batches.next())).toEqual(['e0']);
    expect(idsOf(await batches.next())).toEqual(['e1', 'e2']);
  });

  it('that are full and yet the last are found to be that', async () => {
    const turns: boolean[] = [];
    const caughtUp: SubscriptionItem = { kind: 'caught_up' };
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
