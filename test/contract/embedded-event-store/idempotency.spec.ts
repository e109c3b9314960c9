import { jsonEvent, type AppendExpectedRevision, type EventData } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  appendOutline,
  collect,
  events,
  openStore,
  outline,
  withStore,
  type OpenStore,
} from './open-store.js';

/** What is sent again, given a stream of the events 0 to 4 and two new ones. */
const REPEATS: Readonly<
  Record<string, (old: readonly EventData[], fresh: readonly EventData[]) => EventData[]>
> = {
  'the first two': (old) => [old[0]!, old[1]!],
  'the events 1 and 2': (old) => [old[1]!, old[2]!],
  'the last, then a new one': (old, fresh) => [old[4]!, fresh[0]!],
  'a new one, then the first': (old, fresh) => [fresh[0]!, old[0]!],
  'the first two in another order': (old) => [old[1]!, old[0]!],
  'the events 0 and 2': (old) => [old[0]!, old[2]!],
};

const ANSWERS: readonly (readonly [string, AppendExpectedRevision, string])[] = [
  ['the first two', 'no_stream', 'ok 1'],
  ['the first two', 0n, '0≠4'],
  ['the first two', 1n, '1≠4'],
  ['the events 1 and 2', 0n, 'ok 2'],
  ['the events 1 and 2', 'no_stream', 'no_stream≠4'],
  ['the events 1 and 2', 2n, '2≠4'],
  ['the last, then a new one', 3n, '3≠4'],
  ['the first two in another order', 'no_stream', 'no_stream≠4'],
  ['the events 0 and 2', 'no_stream', 'no_stream≠4'],
  // At the current revision nothing is compared: known ids are written again.
  ['the first two', 4n, 'ok 6'],
  // Without a revision the first id decides.
  ['the first two', 'any', 'ok 1'],
  ['the events 1 and 2', 'any', 'ok 2'],
  ['the events 1 and 2', 'stream_exists', 'ok 2'],
  ['the events 0 and 2', 'any', 'ok 2'],
  ['the first two in another order', 'any', 'ok 0'],
  ['the last, then a new one', 'any', 'any≠4'],
  ['the last, then a new one', 'stream_exists', 'stream_exists≠4'],
  ['a new one, then the first', 'any', 'ok 6'],
];

describe('an append that is sent again', () => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  it.each(ANSWERS)('%s expecting %s is answered %s', async (repeat, expected, answer) => {
    const stream = `repeat-${repeat}-${expected}`;
    const old = events(5);
    await opened.client.appendToStream(stream, old, { expectedRevision: 'no_stream' });
    const sent = REPEATS[repeat]!(old, events(2, 5));
    expect(await appendOutline(opened.client, stream, sent, expected)).toBe(answer);
    const written = answer === 'ok 6' ? 7 : 5;
    expect(await outline(opened.client.readStream(stream))).toHaveLength(written);
  });

  it('is answered with the position the events have', async () => {
    const { client } = opened;
    const sent = events(2);
    const first = await client.appendToStream('same', sent, { expectedRevision: 'no_stream' });
    await client.appendToStream('same', events(1), { expectedRevision: 1n });
    const again = await client.appendToStream('same', sent, { expectedRevision: 'no_stream' });
    expect(again).toEqual(first);
    expect((await collect(client.readStream('same')))[1]?.event?.position).toEqual(first.position);
  });

  it('is compared by ids alone: the same id with other data is a success', async () => {
    const { client } = opened;
    const sent = events(1)[0]!;
    await client.appendToStream('ids', [sent, ...events(1)], { expectedRevision: 'no_stream' });
    const changed = jsonEvent({ id: sent.id, type: 'T', data: { number: 999 } });
    expect(await appendOutline(client, 'ids', changed, 'no_stream')).toBe('ok 0');
    expect((await collect(client.readStream('ids')))[0]?.event?.data).toEqual({ number: 0 });
  });

  it('is written in another stream, and twice within one append', async () => {
    const { client } = opened;
    const sent = events(1)[0]!;
    for (const stream of ['one', 'two']) {
      expect(await appendOutline(client, stream, sent, 'any')).toBe('ok 0');
    }
    expect(await appendOutline(client, 'twice', [sent, sent], 'no_stream')).toBe('ok 1');
  });

  it.each(['any', 'no_stream'] as const)(
    'eight times at once expecting %s is written once',
    async (expected) => {
      const stream = `at-once-${expected}`;
      const sent = events(2);
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => appendOutline(opened.client, stream, sent, expected)),
      );
      expect(new Set(answers)).toEqual(new Set(['ok 1']));
      expect(await outline(opened.client.readStream(stream))).toHaveLength(2);
    },
  );

  it('is recognised after a restart by its revision, and written again with any', async () => {
    const disk = new SimulatedDisk();
    const sent = events(2);
    await withStore(
      ({ client }) => client.appendToStream('s', sent, { expectedRevision: 'no_stream' }),
      disk,
    );
    await withStore(async ({ client }) => {
      await client.appendToStream('s', events(1), { expectedRevision: 1n });
      expect(await appendOutline(client, 's', sent, 'no_stream')).toBe('ok 1');
      expect(await outline(client.readStream('s'))).toHaveLength(3);
      expect(await appendOutline(client, 's', sent, 'any')).toBe('ok 4');
      expect(await outline(client.readStream('s'))).toHaveLength(5);
    }, disk);
  });
});
