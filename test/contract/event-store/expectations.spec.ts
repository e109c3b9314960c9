import type { AppendExpectedRevision, StreamMetadata } from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge, type JudgedStore } from './judged-store.js';
import { appended, errorType, events, outcome, outline } from './outlines.js';
import { vectorRows } from './vector-file.js';

/* Golden answers of EventStoreDB 23.10.8, and the whole table that they are samples of. */

type State =
  | 'never existed'
  | 'metadata only'
  | '3 events'
  | 'all truncated by $tb'
  | 'soft deleted after 3'
  | 'tombstoned after 3';

type Observed = readonly [
  operation: 'append' | 'delete' | 'tombstone',
  state: State,
  expected: string,
  answer: string,
  then: string,
  after?: string,
];

async function bringTo(state: State, { client }: JudgedStore, stream: string): Promise<void> {
  if (state === 'never existed') return;
  if (state === 'metadata only') {
    await client.setStreamMetadata(stream, { maxCount: 100 });
    return;
  }
  await client.appendToStream(stream, events(3), { expectedRevision: 'no_stream' });
  if (state === 'all truncated by $tb')
    await client.setStreamMetadata(stream, { truncateBefore: 3 });
  if (state === 'soft deleted after 3') await client.deleteStream(stream);
  if (state === 'tombstoned after 3') await client.tombstoneStream(stream);
}

function revisionOf(expected: string): AppendExpectedRevision {
  return /^\d+$/.test(expected) ? BigInt(expected) : (expected as AppendExpectedRevision);
}

function options(expected: string): { readonly expectedRevision?: never } {
  if (expected === 'default') return {};
  // The client's types keep out what its own deletes cannot send; the answers tell what comes of it.
  return { expectedRevision: revisionOf(expected) as never };
}

async function ask(
  operation: Observed[0],
  { client }: JudgedStore,
  stream: string,
  expected: string,
): Promise<string> {
  if (operation === 'delete') return outcome(client.deleteStream(stream, options(expected)));
  if (operation === 'tombstone') return outcome(client.tombstoneStream(stream, options(expected)));
  return expected === 'default'
    ? appended(client, stream, events(1))
    : appended(client, stream, events(1), revisionOf(expected));
}

/** What stands in the metadata after a delete; after a tombstone, what one more append is answered. */
async function askAfter(
  operation: Observed[0],
  { client }: JudgedStore,
  stream: string,
): Promise<string> {
  if (operation === 'tombstone') return `append ${await appended(client, stream, events(1))}`;
  try {
    const { metadata } = await client.getStreamMetadata(stream);
    return `metadata ${describeMetadata(metadata)}`;
  } catch (error) {
    return `metadata ${errorType(error)}`;
  }
}

function describeMetadata(metadata: StreamMetadata | undefined): string {
  if (metadata === undefined) return 'none';
  const isSoftDelete = Number(metadata.truncateBefore) === 2 ** 63;
  return isSoftDelete ? 'everything truncated' : JSON.stringify(metadata);
}

judge('an operation on a stream in a state', (store) => {
  for (const [operation, state, expected, answer, then, after] of vectorRows(
    'event-store-expectations',
  ) as readonly Observed[]) {
    it(`${operation} | ${state} | expected ${expected} | ${answer}`, async () => {
      const stream = store.stream(`${operation}-${state}-${expected}`);
      await bringTo(state, store, stream);
      expect(await ask(operation, store, stream, expected)).toBe(answer);
      expect(await outline(store.client.readStream(stream))).toBe(then === '' ? 'nothing' : then);
      if (after !== undefined) expect(await askAfter(operation, store, stream)).toBe(after);
    });
  }
});

const EXPECTED = ['any', 'no_stream', 'stream_exists', '0', '1', '2', '3', '50'] as const;

/** The expectations under which an append is written, and at which revision; the rest is refused. */
const TABLE: Readonly<
  Record<State, { readonly fits: readonly string[]; readonly at: number; readonly last?: string }>
> = {
  'never existed': { fits: ['any', 'no_stream'], at: 0, last: 'no_stream' },
  'metadata only': { fits: ['any', 'no_stream', 'stream_exists'], at: 0, last: 'no_stream' },
  '3 events': { fits: ['any', 'stream_exists', '2'], at: 3, last: '2' },
  'all truncated by $tb': { fits: ['any', 'stream_exists', '2'], at: 3, last: '2' },
  'soft deleted after 3': { fits: ['any', 'no_stream', '2'], at: 3, last: '2' },
  'tombstoned after 3': { fits: [], at: 0 },
};

function expectedAnswer(state: State, expected: string): string {
  const { fits, at, last } = TABLE[state];
  if (fits.includes(expected)) return `ok ${at}`;
  const isDeleted = state === 'soft deleted after 3' && expected === 'stream_exists';
  return last === undefined || isDeleted ? 'stream-deleted' : `${expected}≠${last}`;
}

judge('an append to a stream in a state', (store) => {
  for (const state of Object.keys(TABLE) as State[]) {
    it(`${state}: is answered by the table, whatever is expected`, async () => {
      const answers = EXPECTED.map(async (expected) => {
        const stream = store.stream(`table-${state}-${expected}`);
        await bringTo(state, store, stream);
        return [expected, await appended(store.client, stream, events(2), revisionOf(expected))];
      });
      const table = EXPECTED.map((expected) => {
        const answer = expectedAnswer(state, expected);
        return [expected, answer.replace(/^ok (\d+)$/, (_, at) => `ok ${Number(at) + 1}`)];
      });
      expect(await Promise.all(answers)).toEqual(table);
    });
  }
});

judge('an append of no events', (store) => {
  it('succeeds where the expectation holds and writes nothing', async () => {
    const { client } = store;
    const [missing, kept] = [store.stream('empty'), store.stream('kept')];
    expect(await appended(client, missing, [], 'any')).toBe('ok 0');
    expect(await outline(client.readStream(missing))).toBe('stream-not-found');
    await client.appendToStream(kept, events(3), { expectedRevision: 'no_stream' });
    expect(await appended(client, kept, [], 'any')).toBe('ok 2');
    expect(await appended(client, kept, [], 2n)).toBe('ok 2');
    expect(await appended(client, kept, [], 1n)).toBe('1≠2');
    expect(await appended(client, kept, [], 'no_stream')).toBe('no_stream≠2');
    expect(await outline(client.readStream(kept))).toBe('0 T, 1 T, 2 T');
  });
});

judge('sixteen writers at one expected revision', (store) => {
  it('have exactly one winner, fifty rounds long', async () => {
    const stream = store.stream('contested');
    await store.client.appendToStream(stream, events(1), { expectedRevision: 'no_stream' });
    for (let round = 0n; round < 50n; round += 1n) {
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => appended(store.client, stream, events(1), round)),
      );
      const winners = answers.filter((answer) => answer === `ok ${round + 1n}`);
      const losers = answers.filter((answer) => answer === `${round}≠${round + 1n}`);
      expect([winners.length, losers.length]).toEqual([1, 15]);
    }
  });
});
