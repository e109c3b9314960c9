import { createHash } from 'node:crypto';
import { binaryEvent, jsonEvent, type EventData } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendOutline,
  collect,
  errorType,
  events,
  openStore,
  outline,
  type OpenStore,
} from './open-store.js';

const LIMIT = 1_048_576;

let opened: OpenStore;
beforeAll(async () => {
  opened = await openStore();
});
afterAll(() => opened.close());

const bytes = (data: number, metadata = 0, type = 'T'): EventData =>
  binaryEvent({
    type,
    data: new Uint8Array(data).fill(7),
    ...(metadata === 0 ? {} : { metadata: new Uint8Array(metadata).fill(8) }),
  });

/** One text for the bytes of all events, for a comparison of megabytes is slow. */
function digest(
  contents: readonly { readonly data?: unknown; readonly metadata?: unknown }[],
): string {
  const hash = createHash('sha256');
  for (const { data, metadata } of contents) {
    hash.update(data as Uint8Array).update((metadata as Uint8Array | undefined) ?? '-');
  }
  return hash.digest('hex');
}

describe('the size of an append', () => {
  it.each([
    ['data of exactly the limit', [bytes(LIMIT)]],
    ['metadata beyond the limit', [bytes(LIMIT, 2_000)]],
    ['a long type beyond the limit', [bytes(LIMIT, 0, 'T'.repeat(100))]],
    ['two events of the limit together', [bytes(LIMIT / 2), bytes(LIMIT / 2)]],
    ['20,000 tiny events', Array.from({ length: 20_000 }, () => bytes(8))],
    ['metadata that comes in several messages', Array.from({ length: 8 }, () => bytes(9, 900_000))],
  ])('may be %s', async (name, appended) => {
    const revision = appended.length - 1;
    const answer = await appendOutline(opened.client, `fits ${name}`, appended, 'no_stream');
    expect(answer).toBe(`ok ${revision}`);
    const read = await collect(opened.client.readStream(`fits ${name}`));
    expect(digest(read.map(({ event }) => event!))).toBe(digest(appended));
  });

  it.each([
    ['one byte more', [bytes(LIMIT + 1)]],
    ['one byte more in two events', [bytes(LIMIT / 2), bytes(LIMIT / 2 + 1)]],
    ['more than one message takes', [bytes(4_300_000)]],
    [
      'more than one message takes, in many events',
      Array.from({ length: 50 }, () => bytes(99_999)),
    ],
  ])('is refused at %s, once, and the stream of appends goes on', async (name, appended) => {
    const stream = `refused ${name}`;
    const [refused, other] = await Promise.allSettled([
      opened.client.appendToStream(stream, appended, { expectedRevision: 'no_stream' }),
      opened.client.appendToStream(`beside ${name}`, events(1), { expectedRevision: 'no_stream' }),
    ]);
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { type: 'maximum-append-size-exceeded', maxAppendSize: LIMIT },
    });
    expect(other.status).toBe('fulfilled');
    expect(await outline(opened.client.readStream(stream))).toBe('stream-not-found');
  });

  it('is refused alike over the older append call', async () => {
    const credentials = { username: 'admin', password: 'changeit' };
    const append = opened.client.appendToStream('older', bytes(LIMIT + 1), { credentials });
    await expect(append).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: LIMIT,
    });
  });
});

describe('the deadline of an append', () => {
  it('that is past on arrival is refused, once, however many messages the append has', async () => {
    const late = Array.from({ length: 8 }, () => bytes(9, 900_000));
    for (const appended of [events(1), late]) {
      const append = opened.client.appendToStream('late', appended, { deadline: 0 });
      expect(await append.then(() => 'ok', errorType)).toBe('deadline-exceeded');
    }
    expect(await outline(opened.client.readStream('late'))).toBe('stream-not-found');
    expect(await appendOutline(opened.client, 'late', events(1), 'no_stream')).toBe('ok 0');
  });
});

describe('odd input', () => {
  it.each([
    ['an empty stream name', '', jsonEvent({ type: 'T', data: {} })],
    ['an empty type', 'odd', jsonEvent({ type: '', data: {} })],
    ['an id that is no UUID', 'odd', jsonEvent({ id: 'seven', type: 'T', data: {} })],
  ])('%s is refused and nothing written', async (_name, stream, appended) => {
    expect(await appendOutline(opened.client, stream, appended, 'any')).toBe('unknown');
    expect(await outline(opened.client.readStream('odd'))).toBe('stream-not-found');
  });

  it.each([
    ['emoji', 'st🚚ream'],
    ['spaces', ' a b '],
    ['quotes', `"'`],
    ['control characters', 'a\u0001\nb'],
    ['2,000 characters', 'x'.repeat(2_000)],
    ['a leading @', '@x'],
    ['a leading $', '$x'],
    ['three leading $', '$$$x'],
  ])('a stream name with %s is a name like any other', async (_name, stream) => {
    expect(await appendOutline(opened.client, stream, events(1), 'no_stream')).toBe('ok 0');
    expect(await appendOutline(opened.client, stream, events(1), 50n)).toBe('50≠0');
    const [read] = await collect(opened.client.readStream(stream));
    expect(read?.event?.streamId).toBe(stream);
  });

  it('comes back byte for byte: binary, empty, JSON with its order and numbers', async () => {
    const data = { b: 1, a: 1, n: null, big: 12_345_678_901_234, s: 'é "', arr: [] };
    await opened.client.appendToStream('bytes', [
      binaryEvent({ type: 'B', data: Uint8Array.of(0, 255, 1), metadata: Uint8Array.of(9) }),
      binaryEvent({ type: 'E', data: new Uint8Array(0) }),
      jsonEvent({ type: 'J', data, metadata: { $correlationId: 'c' } }),
    ]);
    const read = await collect(opened.client.readStream('bytes'));
    expect(read.map(({ event }) => [event!.type, event!.isJson, event!.metadata])).toEqual([
      ['B', false, Uint8Array.of(9)],
      ['E', false, undefined],
      ['J', true, { $correlationId: 'c' }],
    ]);
    expect(read[0]!.event!.data).toEqual(Uint8Array.of(0, 255, 1));
    expect(read[1]!.event!.data).toEqual(new Uint8Array(0));
    expect(JSON.stringify(read[2]!.event!.data)).toBe(JSON.stringify(data));
  });

  it('tells when each event was recorded', async () => {
    const before = Date.now();
    await opened.client.appendToStream('created', events(1));
    const [read] = await collect(opened.client.readStream('created'));
    expect(read!.event!.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(read!.event!.created.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
