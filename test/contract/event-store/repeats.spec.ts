import { jsonEvent, type AppendExpectedRevision, type EventData } from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge } from './judged-store.js';
import { appended, collect, events, outline } from './outlines.js';
import { vectorRows } from './vector-file.js';

/* Golden answers of EventStoreDB 23.10.8 to events that are sent again. */

type Observed = readonly [sent: string, expected: string, answer: string, events: number];

/** How many events the stream has, and what is sent of them and of two new ones. */
const REPEATS: Readonly<
  Record<
    string,
    {
      readonly count: number;
      readonly sent: (old: readonly EventData[], fresh: readonly EventData[]) => EventData[];
    }
  >
> = {
  'whole first append of 2 after 3 more': { count: 5, sent: (old) => [old[0]!, old[1]!] },
  'events 1..2 of 5': { count: 5, sent: (old) => [old[1]!, old[2]!] },
  'last known then new': { count: 3, sent: (old, fresh) => [old[2]!, fresh[0]!] },
  'new then known': { count: 3, sent: (old, fresh) => [fresh[0]!, old[0]!] },
  'known in another order': { count: 3, sent: (old) => [old[2]!, old[1]!] },
  'known but not adjacent': { count: 3, sent: (old) => [old[0]!, old[2]!] },
};

const revisionOf = (expected: string): AppendExpectedRevision =>
  /^\d+$/.test(expected) ? BigInt(expected) : (expected as AppendExpectedRevision);

judge('events that are sent again', (store) => {
  for (const [sent, expected, answer, count] of vectorRows(
    'event-store-repeats',
  ) as readonly Observed[]) {
    it(`${sent} | expected ${expected} | ${answer}`, async () => {
      const stream = store.stream(`${sent}-${expected}`);
      const repeat = REPEATS[sent]!;
      const old = events(repeat.count);
      await store.client.appendToStream(stream, old, { expectedRevision: 'no_stream' });
      const again = repeat.sent(old, events(2, repeat.count));
      expect(await appended(store.client, stream, again, revisionOf(expected))).toBe(answer);
      expect(await collect(store.client.readStream(stream))).toHaveLength(count);
    });
  }

  it('the whole first append at its own expectation is a success at its own position', async () => {
    const stream = store.stream('same');
    const sent = events(2);
    const options = { expectedRevision: 'no_stream' } as const;
    const first = await store.client.appendToStream(stream, sent, options);
    await store.client.appendToStream(stream, events(1), { expectedRevision: 1n });
    expect(await store.client.appendToStream(stream, sent, options)).toEqual(first);
    const [, second] = await collect(store.client.readStream(stream));
    expect(second?.event?.position).toEqual(first.position);
  });

  it('are known by their ids alone: other data with the same id is a success', async () => {
    const stream = store.stream('ids');
    const [sent, ...more] = events(2);
    await store.client.appendToStream(stream, [sent!, ...more], { expectedRevision: 'no_stream' });
    const changed = jsonEvent({ id: sent!.id, type: 'T', data: { number: 999 } });
    expect(await appended(store.client, stream, changed, 'no_stream')).toBe('ok 0');
    const [read] = await collect(store.client.readStream(stream));
    expect(read?.event?.data).toEqual({ number: 0 });
  });

  it('are written at the current revision, known or not', async () => {
    const stream = store.stream('current');
    const sent = events(2);
    await store.client.appendToStream(stream, sent, { expectedRevision: 'no_stream' });
    expect(await appended(store.client, stream, sent, 1n)).toBe('ok 3');
  });

  it('are written in another stream, and twice within one append', async () => {
    const [sent] = events(1);
    for (const name of ['one', 'two']) {
      expect(await appended(store.client, store.stream(name), sent!, 'any')).toBe('ok 0');
    }
    const twice = store.stream('twice');
    expect(await appended(store.client, twice, [sent!, sent!], 'no_stream')).toBe('ok 1');
  });

  it('are known at their old revisions after a soft delete and after recreation', async () => {
    const { client } = store;
    const stream = store.stream('deleted');
    const old = events(3);
    await client.appendToStream(stream, old, { expectedRevision: 'no_stream' });
    await client.deleteStream(stream);
    expect(await appended(client, stream, old, 'no_stream')).toBe('ok 2');
    expect(await appended(client, stream, old, 'any')).toBe('ok 2');
    expect(await outline(client.readStream(stream))).toBe('stream-not-found');
    expect(await appended(client, stream, events(1), 2n)).toBe('ok 3');
    const again = await client.appendToStream(stream, old, { expectedRevision: 'no_stream' });
    expect([again.nextExpectedRevision, again.position]).toEqual([2n, undefined]);
    expect(await outline(client.readStream(stream))).toBe('3 T');
  });

  it('are known where they are truncated', async () => {
    const { client } = store;
    const stream = store.stream('truncated');
    const old = events(3);
    await client.appendToStream(stream, old, { expectedRevision: 'no_stream' });
    await client.setStreamMetadata(stream, { truncateBefore: 3 });
    expect(await appended(client, stream, old, 'no_stream')).toBe('ok 2');
    expect(await outline(client.readStream(stream))).toBe('nothing');
  });

  // The real server leaves all but one of them without an answer until a time-out of two seconds.
  it.each(['any', 'no_stream'] as const)(
    'eight times at once, expecting %s, are stored once',
    async (expected) => {
      const stream = store.stream(`at-once-${expected}`);
      const sent = events(2);
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => appended(store.client, stream, sent, expected)),
      );
      expect(answers).toContain('ok 1');
      for (const answer of answers) expect(['ok 1', 'deadline-exceeded']).toContain(answer);
      expect(await outline(store.client.readStream(stream))).toBe('0 T, 1 T');
    },
  );

  it('eight different events at once on a stream that is not there have one winner', async () => {
    const stream = store.stream('race');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => appended(store.client, stream, events(1), 'no_stream')),
    );
    expect(answers.filter((answer) => answer === 'ok 0')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'no_stream≠0')).toHaveLength(7);
  });
});
