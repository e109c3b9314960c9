import type { AppendExpectedRevision } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendOutline, events, openStore, outline, type OpenStore } from './open-store.js';

/** As EventStoreDB 23.10.8 answers: `ok <revision>` or `<expected>≠<actual>`. */
const ANSWERS: Readonly<Record<string, readonly (readonly [AppendExpectedRevision, string])[]>> = {
  'never existed': [
    ['any', 'ok 0'],
    ['no_stream', 'ok 0'],
    ['stream_exists', 'stream_exists≠no_stream'],
    [0n, '0≠no_stream'],
    [50n, '50≠no_stream'],
    [9_223_372_036_854_775_807n, '9223372036854775807≠no_stream'],
  ],
  'three events': [
    ['any', 'ok 3'],
    ['stream_exists', 'ok 3'],
    [2n, 'ok 3'],
    ['no_stream', 'no_stream≠2'],
    [0n, '0≠2'],
    [1n, '1≠2'],
    [3n, '3≠2'],
    [50n, '50≠2'],
  ],
  'metadata only': [
    ['any', 'ok 0'],
    ['no_stream', 'ok 0'],
    ['stream_exists', 'ok 0'],
    [0n, '0≠no_stream'],
  ],
};

describe('the expected revision of an append', () => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  const given: Readonly<Record<string, (stream: string) => Promise<unknown>>> = {
    'never existed': async () => {},
    'three events': (stream) =>
      opened.client.appendToStream(stream, events(3), { expectedRevision: 'no_stream' }),
    'metadata only': (stream) => opened.client.setStreamMetadata(stream, { maxCount: 100 }),
  };

  for (const [state, answers] of Object.entries(ANSWERS)) {
    it.each(answers)(`on a stream that ${state}: %s is answered %s`, async (expected, answer) => {
      const stream = `expected-${state}-${expected}`;
      await given[state]!(stream);
      expect(await appendOutline(opened.client, stream, events(1), expected)).toBe(answer);
    });
  }

  it('writes nothing where it does not hold', async () => {
    const stream = 'refused';
    await opened.client.appendToStream(stream, events(3), { expectedRevision: 'no_stream' });
    await appendOutline(opened.client, stream, events(2), 1n);
    expect(await outline(opened.client.readStream(stream))).toEqual(['0 T', '1 T', '2 T']);
  });

  it('lets an empty append succeed where it holds and write nothing', async () => {
    const { client } = opened;
    await client.appendToStream('kept', events(3), { expectedRevision: 'no_stream' });
    expect(await appendOutline(client, 'empty', [], 'any')).toBe('ok 0');
    expect(await outline(client.readStream('empty'))).toBe('stream-not-found');
    expect(await appendOutline(client, 'kept', [], 'any')).toBe('ok 2');
    expect(await appendOutline(client, 'kept', [], 2n)).toBe('ok 2');
    expect(await appendOutline(client, 'kept', [], 1n)).toBe('1≠2');
    expect(await appendOutline(client, 'kept', [], 'no_stream')).toBe('no_stream≠2');
    expect(await outline(client.readStream('kept'))).toHaveLength(3);
  });

  it('lets exactly one of sixteen writers at one revision win, round after round', async () => {
    const stream = 'contested';
    await opened.client.appendToStream(stream, events(1), { expectedRevision: 'no_stream' });
    for (let round = 0n; round < 50n; round += 1n) {
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => appendOutline(opened.client, stream, events(1), round)),
      );
      const winners = answers.filter((answer) => answer === `ok ${round + 1n}`);
      const losers = answers.filter((answer) => answer === `${round}≠${round + 1n}`);
      expect([winners.length, losers.length]).toEqual([1, 15]);
    }
  });

  it('holds over the older append call too, which per-call credentials lead to', async () => {
    const { client } = opened;
    const credentials = { username: 'admin', password: 'changeit' };
    const append = (expectedRevision: AppendExpectedRevision): Promise<unknown> =>
      client.appendToStream('older', events(2), { expectedRevision, credentials });
    await expect(append('no_stream')).resolves.toMatchObject({ nextExpectedRevision: 1n });
    await expect(append(1n)).resolves.toMatchObject({ nextExpectedRevision: 3n });
    await expect(append(7n)).rejects.toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 7n,
      actualVersion: 3n,
    });
    expect(await outline(client.readStream('older'))).toHaveLength(4);
  });
});
