import { describe, expect, it } from 'vitest';

import { EventStoreUnavailableError, type RecordedEvent } from '#event-store';

import { eventsToAppend, fill, givenNode, givenStore, write } from './store-on-disk.js';
import { TcpProxy } from '../../doubles/tcp-proxy.js';

async function collect(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const collected: RecordedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe('reading a stream', () => {
  it.each([
    ['forwards', 'start', 3, [0, 1, 2]],
    ['forwards', 3, 10, [3, 4]],
    ['forwards', 9, 10, []],
    ['forwards', 'end', 10, []],
    ['backwards', 'end', 2, [4, 3]],
    ['backwards', 1, 10, [1, 0]],
    ['backwards', 9, 2, [4, 3]],
    ['backwards', 'start', 10, [0]],
  ] as const)('%s from %s, at most %i', async (direction, fromRevision, eventsMax, revisions) => {
    const store = givenStore(await givenNode());
    await fill(store, 'daybook.order-1', 5);
    const read = await store.readStream({
      stream: 'daybook.order-1',
      fromRevision,
      direction,
      eventsMax,
    });
    expect(read.outcome === 'read' && read.events.map((event) => event.revision)).toEqual(
      revisions,
    );
  });

  it('that does not exist is an outcome', async () => {
    const store = givenStore(await givenNode());
    for (const direction of ['forwards', 'backwards'] as const) {
      const fromRevision = direction === 'forwards' ? 'start' : 'end';
      expect(
        await store.readStream({ stream: 'daybook.no', fromRevision, direction, eventsMax: 5 }),
      ).toEqual({ outcome: 'stream_not_found' });
    }
  });
});

describe('reading everything under a prefix', () => {
  it('gives each event once in order, and after a position only what follows it', async () => {
    const store = givenStore(await givenNode());
    const first = await fill(store, 'daybook.order-1', 2_500);
    await fill(store, 'foreign-1', 100);
    const second = await fill(store, 'daybook.order-2', 10);
    const all = await collect(store.readAll({ streamPrefix: 'daybook.', after: 'start' }));
    expect(all.map((event) => event.eventId)).toEqual([...first, ...second]);
    const after = await collect(
      store.readAll({ streamPrefix: 'daybook.', after: all[2_400]!.position }),
    );
    expect(after).toEqual(all.slice(2_401));
    expect(
      await collect(store.readAll({ streamPrefix: 'daybook.', after: all.at(-1)!.position })),
    ).toEqual([]);
  });
});

describe('the tail under a prefix', () => {
  it('is found behind any number of other streams’ events', async () => {
    const store = givenStore(await givenNode());
    expect(await store.readTail('daybook.')).toBeUndefined();
    const [, own] = await fill(store, 'daybook.order-1', 2);
    await fill(store, 'foreign-1', 9_000);
    expect(await store.readTail('daybook.')).toMatchObject({ eventId: own, revision: 1 });
    expect(await store.readTail('nobody.')).toBeUndefined();
  });
});

describe('the event at a position', () => {
  it('is there only for the position of an event', async () => {
    const store = givenStore(await givenNode());
    const { position } = await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(1));
    await write(store, 'daybook.order-1', 0, eventsToAppend(1));
    expect(await store.readAt(position)).toMatchObject({ stream: 'daybook.order-1', revision: 0 });
    const { commit, prepare } = position;
    for (const other of [
      { commit: commit + 1n, prepare: prepare + 1n },
      { commit: commit + 1_000_000n, prepare: prepare + 1_000_000n },
      { commit, prepare: commit + 1n },
    ]) {
      expect(await store.readAt(other)).toBeUndefined();
    }
  });
});

describe('a store that does not answer', () => {
  it('makes reads reject as unavailable when it cannot be reached', async () => {
    const node = await givenNode();
    const store = givenStore(node);
    await node.stop();
    await expect(store.readTail('daybook.')).rejects.toBeInstanceOf(EventStoreUnavailableError);
    await expect(
      collect(store.readAll({ streamPrefix: 'daybook.', after: 'start' })),
    ).rejects.toBeInstanceOf(EventStoreUnavailableError);
  });

  it('makes reads reject as unavailable when it falls silent', async () => {
    const proxy = await TcpProxy.start((await givenNode()).port);
    const store = givenStore({
      connectionString: proxy.connectionString,
      readSilenceMilliseconds: 100,
    });
    await fill(store, 'daybook.order-1', 1);
    await store.readTail('daybook.');
    proxy.freeze();
    await expect(store.readTail('daybook.')).rejects.toThrow(/nothing for 100 ms/);
    proxy.thaw();
    await expect(store.readTail('daybook.')).resolves.toMatchObject({ revision: 0 });
    await proxy.stop();
  });
});
