import { binaryEvent, jsonEvent, type EventData } from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge } from './judged-store.js';
import { appended, collect, events, outcome, outline } from './outlines.js';

const LIMIT_BYTES = 1_048_576;

const bytes = (data: number, metadata = 0, type = 'T'): EventData =>
  binaryEvent({
    type,
    data: new Uint8Array(data).fill(7),
    ...(metadata === 0 ? {} : { metadata: new Uint8Array(metadata).fill(8) }),
  });

judge('the size of an append', (store) => {
  it.each([
    ['data of the limit', [bytes(LIMIT_BYTES)]],
    ['data of the limit and metadata beyond it', [bytes(LIMIT_BYTES, 2_000)]],
    ['data of the limit and a type of 100 characters', [bytes(LIMIT_BYTES, 0, 'T'.repeat(100))]],
    ['two events of the limit together', [bytes(LIMIT_BYTES / 2), bytes(LIMIT_BYTES / 2)]],
    ['20,000 tiny events', Array.from({ length: 20_000 }, () => bytes(8))],
  ])('may be %s', async (name, sent) => {
    const stream = store.stream(`fits-${name}`);
    expect(await appended(store.client, stream, sent, 'no_stream')).toBe(`ok ${sent.length - 1}`);
    const read = await collect(store.client.readStream(stream, { fromRevision: 0n, maxCount: 2 }));
    const lengths = read.map(({ event }) => (event!.data as Uint8Array).length);
    expect(lengths).toEqual(sent.slice(0, 2).map(({ data }) => (data as Uint8Array).length));
  });

  it.each([
    ['a byte more', [bytes(LIMIT_BYTES + 1)]],
    ['a byte more in two events', [bytes(LIMIT_BYTES / 2), bytes(LIMIT_BYTES / 2 + 1)]],
    ['more than a message takes', [bytes(4_300_000)]],
  ])('is refused at %s, and nothing is written', async (name, sent) => {
    const stream = store.stream(`refused-${name}`);
    const append = store.client.appendToStream(stream, sent, { expectedRevision: 'no_stream' });
    await expect(append).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: LIMIT_BYTES,
    });
    expect(await outline(store.client.readStream(stream))).toBe('stream-not-found');
  });
});

judge('the deadline of an append', (store) => {
  it('that is past on arrival is told, once, however many messages the append has', async () => {
    const stream = store.stream('late');
    const long = Array.from({ length: 8 }, () => bytes(9, 900_000));
    for (const sent of [events(1), long]) {
      const append = store.client.appendToStream(stream, sent, { deadline: 0 });
      expect(await outcome(append)).toBe('deadline-exceeded');
    }
    expect(await outline(store.client.readStream(stream))).toBe('stream-not-found');
    expect(await appended(store.client, stream, events(1), 'no_stream')).toBe('ok 0');
  });
});

judge('odd input', (store) => {
  it.each([
    ['emoji', '🚚-é'],
    ['spaces', ' a b '],
    ['quotes', `"'`],
    ['control characters', 'a\u0001\nb'],
    ['2,000 characters', 'x'.repeat(2_000)],
  ])('a stream name with %s is a name like any other, in refusals too', async (_what, odd) => {
    const stream = store.stream(odd);
    expect(await appended(store.client, stream, events(1), 'no_stream')).toBe('ok 0');
    expect(await appended(store.client, stream, events(1), 50n)).toBe('50≠0');
    expect(await outcome(store.client.deleteStream(stream, { expectedRevision: 9n }))).toBe('9≠0');
    const [read] = await collect(store.client.readStream(stream));
    expect(read?.event?.streamId).toBe(stream);
    await store.client.tombstoneStream(stream);
    expect(await outline(store.client.readStream(stream))).toBe('stream-deleted');
  });

  it.each(['@', '$', '$$$'])('a stream name that begins with %s is one too', async (prefix) => {
    const stream = `${prefix}${store.stream('prefixed')}`;
    expect(await appended(store.client, stream, events(1), 'no_stream')).toBe('ok 0');
    expect(await outline(store.client.readStream(stream))).toBe('0 T');
  });

  it('types of the system written by a client are events like any other', async () => {
    const stream = store.stream('system-types');
    for (const type of ['$mine', '$metadata', '$>', '$streamDeleted']) {
      await store.client.appendToStream(stream, events(1, 0, type));
    }
    const read = await outline(store.client.readStream(stream));
    expect(read).toBe('0 $mine, 1 $metadata, 2 $>, 3 $streamDeleted');
  });

  it('bytes, nothing, and JSON with its order come back as they were sent', async () => {
    const stream = store.stream('bytes');
    const data = { b: 1, a: 1, n: null, big: 12_345_678_901_234, s: 'é "', arr: [] };
    await store.client.appendToStream(stream, [
      binaryEvent({ type: 'B', data: Uint8Array.of(0, 255, 1), metadata: Uint8Array.of(9) }),
      binaryEvent({ type: 'E', data: new Uint8Array(0) }),
      jsonEvent({ type: 'J', data, metadata: { z: 1, $correlationId: 'c' } }),
    ]);
    const [binary, empty, json] = await collect(store.client.readStream(stream));
    expect([binary!.event!.data, binary!.event!.metadata]).toEqual([
      Uint8Array.of(0, 255, 1),
      Uint8Array.of(9),
    ]);
    expect([empty!.event!.data, empty!.event!.metadata]).toEqual([new Uint8Array(0), undefined]);
    expect(JSON.stringify(json!.event!.data)).toBe(JSON.stringify(data));
    expect(JSON.stringify(json!.event!.metadata)).toBe('{"z":1,"$correlationId":"c"}');
  });
});
