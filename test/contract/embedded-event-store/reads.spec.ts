import { BACKWARDS, END, FORWARDS, START, type ResolvedEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  appendEach,
  collect,
  events,
  openStore,
  outline,
  withStore,
  type OpenStore,
} from './open-store.js';

describe('a read of one stream of five events', () => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await openStore();
    await appendEach(opened.client, 'five', events(5));
  });
  afterAll(() => opened.close());

  const ANSWERS = [
    [FORWARDS, START, undefined, [0, 1, 2, 3, 4]],
    [FORWARDS, START, 2, [0, 1]],
    [FORWARDS, 0n, 2, [0, 1]],
    [FORWARDS, 3n, 100, [3, 4]],
    [FORWARDS, 4n, undefined, [4]],
    [FORWARDS, 5n, undefined, []],
    [FORWARDS, 50n, undefined, []],
    [FORWARDS, END, undefined, []],
    [FORWARDS, START, 0, []],
    [BACKWARDS, END, undefined, [4, 3, 2, 1, 0]],
    [BACKWARDS, END, 2, [4, 3]],
    [BACKWARDS, 2n, undefined, [2, 1, 0]],
    [BACKWARDS, 0n, undefined, [0]],
    [BACKWARDS, START, undefined, [0]],
    [BACKWARDS, 50n, 2, [4, 3]],
  ] as const;

  it.each(ANSWERS)('%s from %s, at most %s, gives %j', async (direction, from, max, revisions) => {
    const maxCount = max === undefined ? {} : { maxCount: max };
    const read = opened.client.readStream('five', { direction, fromRevision: from, ...maxCount });
    expect(await outline(read)).toEqual(revisions.map((revision) => `${revision} T`));
  });

  it('tells that a stream is missing, both ways', async () => {
    for (const direction of [FORWARDS, BACKWARDS] as const) {
      const read = opened.client.readStream('missing', { direction });
      expect(await outline(read)).toBe('stream-not-found');
    }
  });
});

describe('a read of $all', () => {
  let opened: OpenStore;
  let all: readonly ResolvedEvent[];
  beforeAll(async () => {
    opened = await openStore();
    for (let turn = 0; turn < 4; turn += 1) {
      await opened.client.appendToStream(`a-${turn % 2}`, events(2, turn * 2));
    }
    all = await collect(opened.client.readAll());
  });
  afterAll(() => opened.close());

  const numbers = (read: readonly ResolvedEvent[]): readonly unknown[] =>
    read.map(({ event }) => (event!.data as { number: number }).number);
  const positionOf = (index: number): { commit: bigint; prepare: bigint } =>
    all[index]!.event!.position!;

  it('gives every event in the order written, at strictly increasing positions', () => {
    expect(numbers(all)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const commits = all.map(({ event }) => event!.position!.commit);
    expect(commits.every((commit, index) => index === 0 || commit > commits[index - 1]!)).toBe(
      true,
    );
    for (const { event, commitPosition } of all) {
      expect([commitPosition, event!.position!.prepare]).toEqual(
        Array.from({ length: 2 }, () => event!.position!.commit),
      );
    }
  });

  it('takes the position of an append for that of its last event', async () => {
    const { position } = await opened.client.appendToStream('last', events(3, 8));
    const [tail] = await collect(
      opened.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
    );
    expect(tail?.event?.position).toEqual(position);
    expect(tail?.event?.data).toEqual({ number: 10 });
  });

  it('includes the event at the position forwards and excludes it backwards', async () => {
    const { client } = opened;
    const fromPosition = positionOf(3);
    const forwards = await collect(client.readAll({ fromPosition, maxCount: 2 }));
    expect(numbers(forwards)).toEqual([3, 4]);
    const backwards = await collect(client.readAll({ direction: BACKWARDS, fromPosition }));
    expect(numbers(backwards)).toEqual([2, 1, 0]);
  });

  it('is empty forwards from the end and beyond it, and backwards from the start', async () => {
    const { client } = opened;
    const beyond = { commit: 1_000_000n, prepare: 1_000_000n };
    expect(await outline(client.readAll({ fromPosition: END }))).toEqual([]);
    expect(await outline(client.readAll({ fromPosition: beyond }))).toEqual([]);
    const backwards = client.readAll({ direction: BACKWARDS, fromPosition: START });
    expect(await outline(backwards)).toEqual([]);
  });

  it('refuses a position at which no event stands', async () => {
    const { client } = opened;
    const { commit } = positionOf(3);
    const refused = [
      { fromPosition: { commit: commit + 1n, prepare: commit + 1n } },
      { fromPosition: { commit, prepare: commit + 1n } },
      { fromPosition: { commit: 1_000_000n, prepare: 1_000_000n }, direction: BACKWARDS },
    ] as const;
    for (const options of refused) expect(await outline(client.readAll(options))).toBe('unknown');
    const taken = client.readAll({ fromPosition: { commit, prepare: commit - 1n }, maxCount: 1 });
    expect(numbers(await collect(taken))).toEqual([3]);
  });
});

describe('a restart', () => {
  it('keeps every event as it was', async () => {
    const disk = new SimulatedDisk();
    const snapshot = await withStore(async ({ client }) => {
      await appendEach(client, 'kept', events(20));
      await client.appendToStream('batch', events(200), { expectedRevision: 'no_stream' });
      await client.setStreamMetadata('kept', { maxCount: 3 });
      return collect(client.readAll());
    }, disk);
    await withStore(async ({ client }) => {
      expect(await collect(client.readAll())).toEqual(snapshot);
      expect(await outline(client.readStream('batch', { fromRevision: 198n }))).toEqual([
        '198 T',
        '199 T',
      ]);
      const { nextExpectedRevision } = await client.appendToStream('kept', events(1), {
        expectedRevision: 19n,
      });
      expect(nextExpectedRevision).toBe(20n);
    }, disk);
    expect(snapshot).toHaveLength(221);
  });

  it('reads events that are not in memory from the disk, both ways', async () => {
    const disk = new SimulatedDisk();
    await withStore(async ({ client }) => {
      for (let turn = 0; turn < 4; turn += 1) {
        const data = 'x'.repeat(1_000);
        const batch = events(900, turn * 900).map((event) => ({ ...event, metadata: { data } }));
        await client.appendToStream(`large-${turn % 2}`, batch);
      }
    }, disk);
    await withStore(async ({ client }) => {
      const forwards = await collect(client.readAll());
      expect(forwards).toHaveLength(3_600);
      expect(forwards.map(({ event }) => event?.data)).toEqual(
        Array.from({ length: 3_600 }, (_, number) => ({ number })),
      );
      const backwards = await collect(
        client.readStream('large-1', { direction: BACKWARDS, fromRevision: END }),
      );
      expect(backwards.map(({ event }) => event?.revision)).toEqual(
        Array.from({ length: 1_800 }, (_, index) => BigInt(1_799 - index)),
      );
    }, disk);
  });
});
