import { BACKWARDS, END, jsonEvent, type ReadRevision } from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge } from './judged-store.js';
import { appended, collect, events, outcome, outline } from './outlines.js';

judge("a stream's metadata", (store) => {
  const { stream: name } = store;
  const given = async (short: string, count: number): Promise<string> => {
    const stream = name(short);
    await store.client.appendToStream(stream, events(count), { expectedRevision: 'no_stream' });
    return stream;
  };
  const forwards = (stream: string, fromRevision?: ReadRevision, maxCount?: number) =>
    outline(
      store.client.readStream(stream, {
        ...(fromRevision === undefined ? {} : { fromRevision }),
        ...(maxCount === undefined ? {} : { maxCount }),
      }),
    );
  const backwards = (stream: string, fromRevision: ReadRevision = END, maxCount = 100) =>
    outline(store.client.readStream(stream, { direction: BACKWARDS, fromRevision, maxCount }));

  it('shows the newest of $maxCount, and a read below them begins at them', async () => {
    const stream = await given('count', 6);
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await forwards(stream)).toBe('4 T, 5 T');
    expect(await forwards(stream, 0n, 2)).toBe('4 T, 5 T');
    expect(await forwards(stream, 1n, 1)).toBe('4 T');
    expect(await backwards(stream)).toBe('5 T, 4 T');
    expect(await backwards(stream, 1n)).toBe('nothing');
    expect(await backwards(stream, 4n, 1)).toBe('4 T');
    expect(await appended(store.client, stream, events(2), 5n)).toBe('ok 7');
    expect(await forwards(stream)).toBe('6 T, 7 T');
  });

  it('hides by the higher bound of $maxCount and $tb', async () => {
    const stream = await given('both', 6);
    await store.client.setStreamMetadata(stream, { maxCount: 4, truncateBefore: 3 });
    expect(await forwards(stream)).toBe('3 T, 4 T, 5 T');
    expect(await forwards(stream, 0n, 2)).toBe('3 T, 4 T');
    expect(await backwards(stream)).toBe('5 T, 4 T, 3 T');
    expect(await appended(store.client, stream, events(2), 5n)).toBe('ok 7');
    expect(await forwards(stream)).toBe('4 T, 5 T, 6 T, 7 T');
  });

  it('brings events back when $maxCount is raised or zero', async () => {
    const stream = await given('raised', 5);
    for (const [maxCount, shown] of [
      [2, '3 T, 4 T'],
      [4, '1 T, 2 T, 3 T, 4 T'],
      [1, '4 T'],
      [0, '0 T, 1 T, 2 T, 3 T, 4 T'],
    ] as const) {
      await store.client.setStreamMetadata(stream, { maxCount });
      expect(await forwards(stream)).toBe(shown);
    }
  });

  it('brings events back when $tb is lowered', async () => {
    const stream = await given('lowered', 4);
    await store.client.setStreamMetadata(stream, { truncateBefore: 3 });
    expect(await forwards(stream)).toBe('3 T');
    await store.client.setStreamMetadata(stream, { truncateBefore: 1 });
    expect(await forwards(stream)).toBe('1 T, 2 T, 3 T');
  });

  it('that hides everything leaves an empty stream, not a missing one', async () => {
    const stream = await given('empty', 3);
    await store.client.setStreamMetadata(stream, { truncateBefore: 3 });
    expect([await forwards(stream), await backwards(stream)]).toEqual(['nothing', 'nothing']);
    expect(await appended(store.client, stream, events(1), 2n)).toBe('ok 3');
  });

  it('hides by $maxAge as time goes by, both ways, and appends go on behind', async () => {
    const stream = await given('age', 3);
    await store.client.setStreamMetadata(stream, { maxAge: 1 });
    while ((await forwards(stream)) !== 'nothing') {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await backwards(stream)).toBe('nothing');
    expect(await appended(store.client, stream, events(1), 2n)).toBe('ok 3');
    await store.client.setStreamMetadata(stream, { maxAge: 100_000 });
    expect(await forwards(stream)).toBe('0 T, 1 T, 2 T, 3 T');
  });

  it.each([
    ['$maxCount below zero', jsonEvent({ type: '$metadata', data: { $maxCount: -1 } })],
    ['$maxCount in words', jsonEvent({ type: '$metadata', data: { $maxCount: 'two' } })],
    ['another type of event', jsonEvent({ type: 'T', data: { $maxCount: 1 } })],
  ])('that cannot be understood (%s) is accepted and ignored', async (what, event) => {
    const stream = await given(what, 3);
    expect(await appended(store.client, `$$${stream}`, event)).toBe('ok 0');
    // A real server reads it again from its cache a moment later; both answers stand for "ignored".
    expect(await forwards(stream)).toBe('0 T, 1 T, 2 T');
  });

  it('shows its newest event alone', async () => {
    const stream = await given('metastream', 1);
    for (const maxCount of [10, 20]) await store.client.setStreamMetadata(stream, { maxCount });
    expect(await forwards(`$$${stream}`)).toBe('1 $metadata');
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 20 });
  });
});

judge('a soft delete', (store) => {
  it('replaces all other metadata, and the next append rewrites $tb to its own revision', async ({
    expect: expectHere,
  }) => {
    const { client } = store;
    const stream = store.stream('replaced');
    await client.appendToStream(stream, events(3));
    await client.setStreamMetadata(stream, { maxCount: 10, purpose: 'kept' });
    await client.deleteStream(stream);
    const texts = async () =>
      (await collect(client.readStream(`$$${stream}`))).map(({ event }) => event!.data);
    expect(await texts()).toEqual([{ $tb: Number(2n ** 63n - 1n) }]);
    expect(await appended(client, stream, events(1), 2n)).toBe('ok 3');
    expect(await outline(client.readStream(stream))).toBe('3 T');
    // The real server writes the metadata a moment after the append.
    await expectHere.poll(texts).toEqual([{ $tb: 3 }]);
  });

  it('may be repeated and writes no second metadata', async () => {
    const { client } = store;
    const stream = store.stream('twice');
    await client.appendToStream(stream, events(3));
    const outcomes = [await outcome(client.deleteStream(stream))];
    outcomes.push(await outcome(client.deleteStream(stream)));
    expect(outcomes).toEqual(['ok', 'ok']);
    expect(await outline(client.readStream(`$$${stream}`))).toBe('0 $metadata');
  });
});

judge('a tombstone', (store) => {
  it('ends the metadata of its stream too', async () => {
    const { client } = store;
    const stream = store.stream('dead');
    await client.appendToStream(stream, events(1));
    await client.setStreamMetadata(stream, { maxCount: 10 });
    await client.tombstoneStream(stream);
    expect(await outcome(client.getStreamMetadata(stream))).toBe('stream-deleted');
    expect(await outcome(client.setStreamMetadata(stream, { maxCount: 20 }))).toBe(
      'stream-deleted',
    );
  });
});
