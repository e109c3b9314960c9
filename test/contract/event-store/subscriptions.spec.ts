import {
  END,
  eventTypeFilter,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Position,
  type ReadRevision,
  type StreamSubscription,
} from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge } from './judged-store.js';
import { appended, errorType, events, transcribe, until } from './outlines.js';

/** The revision that the last transcript line tells, so that one can wait for it. */
const ends = (lines: readonly string[], line: string) => () => lines.at(-1) === line;

async function ended(subscription: AllStreamSubscription | StreamSubscription): Promise<void> {
  await subscription.unsubscribe();
}

judge('a subscription to one stream', (store) => {
  const { stream: name } = store;
  const subscribed = (stream: string, fromRevision: ReadRevision = START) => {
    const subscription = store.client.subscribeToStream(stream, { fromRevision });
    return { lines: transcribe(subscription), subscription };
  };
  const live = async (stream: string, count: number): Promise<void> => {
    for (const event of events(count, 0, 'Live')) {
      await store.client.appendToStream(stream, event);
    }
  };

  it.each([
    ['the start', START, '0 T, 1 T, 2 T, 3 T, 4 T, caughtUp, 5 Live, 6 Live'],
    ['revision 0', 0n, '1 T, 2 T, 3 T, 4 T, caughtUp, 5 Live, 6 Live'],
    ['revision 2', 2n, '3 T, 4 T, caughtUp, 5 Live, 6 Live'],
    ['the last', 4n, 'caughtUp, 5 Live, 6 Live'],
    ['the end', END, 'caughtUp, 5 Live, 6 Live'],
    ['beyond the last', 5n, 'caughtUp, 6 Live'],
  ] as const)('of five events, after %s, tells old, caughtUp and live', async (from, at, said) => {
    const stream = name(`five-${from}`);
    await store.client.appendToStream(stream, events(5));
    const { lines, subscription } = subscribed(stream, at);
    await until(() => lines.includes('caughtUp'));
    await live(stream, 2);
    await until(ends(lines, '6 Live'));
    expect(lines.join(', ')).toBe(`confirmation, ${said}`);
    await ended(subscription);
  });

  it('that is missing never says caughtUp from the start, and at once from the end', async () => {
    const stream = name('missing');
    const [start, end] = [subscribed(stream), subscribed(stream, END)];
    await until(() => start.lines.length === 1 && end.lines.length === 2);
    await live(stream, 2);
    await until(() => ends(start.lines, '1 Live')() && ends(end.lines, '1 Live')());
    expect(start.lines).toEqual(['confirmation', '0 Live', '1 Live']);
    expect(end.lines).toEqual(['confirmation', 'caughtUp', '0 Live', '1 Live']);
    await Promise.all([ended(start.subscription), ended(end.subscription)]);
  });

  it('that is soft deleted never says caughtUp; its first event comes live', async () => {
    const stream = name('deleted');
    await store.client.appendToStream(stream, events(3));
    await store.client.deleteStream(stream);
    const { lines, subscription } = subscribed(stream);
    await until(() => lines.length === 1);
    await live(stream, 2);
    await until(ends(lines, '4 Live'));
    expect(lines).toEqual(['confirmation', '3 Live', '4 Live']);
    await ended(subscription);
  });

  it('that is truncated to nothing says caughtUp', async () => {
    const stream = name('truncated');
    await store.client.appendToStream(stream, events(3));
    await store.client.setStreamMetadata(stream, { truncateBefore: 3 });
    const { lines, subscription } = subscribed(stream);
    await until(() => lines.length === 2);
    await live(stream, 2);
    await until(ends(lines, '4 Live'));
    expect(lines).toEqual(['confirmation', 'caughtUp', '3 Live', '4 Live']);
    await ended(subscription);
  });

  it('with $maxCount begins at what is shown', async () => {
    const stream = name('counted');
    await store.client.appendToStream(stream, events(5));
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    const { lines, subscription } = subscribed(stream);
    await until(ends(lines, 'caughtUp'));
    expect(lines).toEqual(['confirmation', '3 T', '4 T', 'caughtUp']);
    await ended(subscription);
  });

  it('that is soft deleted while live says nothing of it, and goes on with the next event', async () => {
    const stream = name('deleted-live');
    await store.client.appendToStream(stream, events(2));
    const { lines, subscription } = subscribed(stream);
    await until(() => lines.includes('caughtUp'));
    await store.client.deleteStream(stream);
    await live(stream, 1);
    await until(ends(lines, '2 Live'));
    expect(lines).toEqual(['confirmation', '0 T', '1 T', 'caughtUp', '2 Live']);
    await ended(subscription);
  });

  it('that gets its tombstone while live tells it and ends', async () => {
    const stream = name('tombstoned-live');
    await store.client.appendToStream(stream, events(1));
    const { lines } = subscribed(stream);
    await until(() => lines.includes('caughtUp'));
    await store.client.tombstoneStream(stream);
    await until(ends(lines, 'error stream-deleted'));
    expect(lines).toEqual([
      'confirmation',
      '0 T',
      'caughtUp',
      `${2n ** 63n - 1n} $streamDeleted`,
      'error stream-deleted',
    ]);
  });

  it('that has a tombstone already ends at once', async () => {
    const stream = name('tombstoned');
    await store.client.tombstoneStream(stream);
    const { lines } = subscribed(stream);
    await until(() => lines.includes('error stream-deleted'));
    expect(lines).not.toContain('caughtUp');
  });
});

/** The numbers of a run's own events, in the order in which subscriptions to $all bring them. */
function numbersOf(stream: string, subscription: AllStreamSubscription): number[] {
  const numbers: number[] = [];
  subscription.on('data', ({ event }) => {
    if (event?.streamId === stream) numbers.push((event.data as { number: number }).number);
  });
  return numbers;
}

async function append(client: EventStoreDBClient, stream: string, total: number): Promise<void> {
  for (let first = 0; first < total; first += 100) {
    await client.appendToStream(stream, events(100, first));
  }
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

judge('a subscription to $all', (store) => {
  it('begins after the event at its position', async () => {
    const stream = store.stream('after');
    const { position } = await store.client.appendToStream(stream, events(2));
    await store.client.appendToStream(stream, events(2, 2));
    const subscription = store.client.subscribeToAll({ fromPosition: position! });
    const numbers = numbersOf(stream, subscription);
    await until(() => numbers.length === 2);
    expect(numbers).toEqual([2, 3]);
    await ended(subscription);
  });

  it('from beyond the tail is caught up, then live, though its events lie before the position', async () => {
    const stream = store.stream('beyond');
    const fromPosition = { commit: 1n << 50n, prepare: 1n << 50n };
    const subscription = store.client.subscribeToAll({ fromPosition });
    const numbers = numbersOf(stream, subscription);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    expect(numbers).toEqual([]);
    await store.client.appendToStream(stream, events(1));
    await until(() => numbers.length === 1);
    await ended(subscription);
  });

  it('fails from a position at which no event stands', async () => {
    const { position } = await store.client.appendToStream(store.stream('between'), events(2));
    const between = { commit: position!.commit + 1n, prepare: position!.commit + 1n };
    await store.client.appendToStream(store.stream('between'), events(2));
    const lines = transcribe(store.client.subscribeToAll({ fromPosition: between }));
    await until(() => lines.includes('error unknown'));
  });

  it('brings 3,000 events written while it catches up once each, in order', async () => {
    const stream = store.stream('catching-up');
    const { position } = await store.client.appendToStream(store.stream('mark'), events(1));
    await append(store.client, stream, 1_000);
    const subscription = store.client.subscribeToAll({ fromPosition: position! });
    const numbers = numbersOf(stream, subscription);
    const more = events(3_000, 1_000);
    for (let first = 0; first < more.length; first += 100) {
      await store.client.appendToStream(stream, more.slice(first, first + 100));
    }
    await until(() => numbers.length >= 4_000);
    expect(numbers).toEqual(upTo(4_000));
    await ended(subscription);
  });

  it('of a slow consumer catches up, or ends with ABORTED and loses nothing when it is resumed', async () => {
    const stream = store.stream('slow');
    const numbers: number[] = [];
    let after: Position | undefined;
    let subscription = store.client.subscribeToAll({ fromPosition: END });
    const follow = (followed: AllStreamSubscription): void => {
      followed.on('data', ({ event }) => {
        after = event!.position!;
        if (event!.streamId === stream) numbers.push((event!.data as { number: number }).number);
      });
      followed.on('error', (error) => {
        expect(errorType(error)).toBe('timeout');
        subscription = store.client.subscribeToAll({ fromPosition: after ?? END });
        follow(subscription);
      });
    };
    const caughtUp = new Promise((resolve) => subscription.once('caughtUp', resolve));
    follow(subscription);
    await caughtUp;
    await store.client.appendToStream(stream, events(1));
    await until(() => numbers.length === 1);
    subscription.pause();
    const burst = events(2_000, 1);
    for (let first = 0; first < burst.length; first += 100) {
      await store.client.appendToStream(stream, burst.slice(first, first + 100));
    }
    subscription.resume();
    await until(() => numbers.length >= 2_001);
    expect(numbers).toEqual(upTo(2_001));
    await ended(subscription);
  });
});

judge('a filtered subscription to $all', (store) => {
  it.each([
    [
      'prefixes of stream names',
      (run: string) => streamNameFilter({ prefixes: [`${run}-a`, '?'] }),
    ],
    ['an expression for stream names', (run: string) => streamNameFilter({ regex: `^${run}-a$` })],
    [
      'an inline flag',
      (run: string) => streamNameFilter({ regex: `(?i)^${run.toUpperCase()}-A$` }),
    ],
    ['a look-behind', (run: string) => streamNameFilter({ regex: `(?<=^${run}-)a$` })],
    ['a named group', (run: string) => streamNameFilter({ regex: `^(?<run>${run})-a$` })],
    ['prefixes of types', (run: string) => eventTypeFilter({ prefixes: [`${run}-A`] })],
    ['an expression for types', (run: string) => eventTypeFilter({ regex: `^${run}-A$` })],
  ] as const)('brings what %s match, old and live, and nothing else', async (what, filterOf) => {
    const run = store.stream(what.replaceAll(' ', '-'));
    const write = async (first: number): Promise<void> => {
      for (let number = first; number < first + 6; number += 1) {
        const letter = number % 2 === 0 ? 'a' : 'b';
        const type = `${run}-${letter.toUpperCase()}`;
        await store.client.appendToStream(`${run}-${letter}`, events(1, number, type));
      }
    };
    await write(0);
    const numbers: number[] = [];
    const subscription = store.client.subscribeToAll({ filter: filterOf(run) });
    subscription.on('data', ({ event }) => {
      numbers.push((event!.data as { number: number }).number);
    });
    await until(() => numbers.length === 3);
    await write(6);
    await until(() => numbers.length === 6);
    expect(numbers).toEqual([0, 2, 4, 6, 8, 10]);
    await ended(subscription);
  });

  it('fails with an expression that is none', async () => {
    const filter = streamNameFilter({ regex: '([' });
    const lines = transcribe(store.client.subscribeToAll({ filter }));
    await until(() => lines.includes('error unknown'));
    expect(lines).not.toContain('caughtUp');
  });

  it('tells at least every 32 events considered how far it has come, and never goes back', async () => {
    const [other, match] = [store.stream('checkpoint-other'), store.stream('checkpoint-match')];
    const { position } = await store.client.appendToStream(other, events(1));
    await store.client.appendToStream(other, events(50));
    await store.client.appendToStream(match, events(2));
    await store.client.appendToStream(other, events(50));
    const said: { kind: 'event' | 'checkpoint'; commit: bigint }[] = [];
    const subscription = store.client.subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: [match],
        checkpointInterval: 1,
        checkpointReached: async (_subscription, { commit }) => {
          said.push({ kind: 'checkpoint', commit });
        },
      }),
    });
    subscription.on('data', ({ event }) => {
      said.push({ kind: 'event', commit: event!.position.commit });
    });
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await store.client.appendToStream(other, events(40));
    const end = await store.client.appendToStream(match, events(1));
    await until(() => said.some(({ commit }) => commit === end.position!.commit));

    const commits = said.map(({ commit }) => commit);
    expect(commits.every((commit, index) => index === 0 || commit >= commits[index - 1]!)).toBe(
      true,
    );
    const all: bigint[] = [];
    for await (const { event } of store.client.readAll({ fromPosition: position! })) {
      const { commit } = event!.position;
      if (commit <= end.position!.commit) all.push(commit);
    }
    const considered = all.slice(1);
    const reached = said.map(({ commit }) => considered.indexOf(commit));
    expect(reached.includes(-1)).toBe(false);
    const checkpoints = said
      .filter(({ kind }) => kind === 'checkpoint')
      .map(({ commit }) => considered.indexOf(commit));
    const gaps = checkpoints.map((at, index) => at - (checkpoints[index - 1] ?? -1));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(32);
    expect(considered.length - 1 - checkpoints.at(-1)!).toBeLessThanOrEqual(32);
    await ended(subscription);
  });
});

judge('an append while subscriptions are open', (store) => {
  it('is answered as ever', async () => {
    const stream = store.stream('beside');
    const subscription = store.client.subscribeToStream(stream);
    const lines = transcribe(subscription);
    expect(await appended(store.client, stream, events(1), 'no_stream')).toBe('ok 0');
    await until(() => lines.includes('0 T'));
    await ended(subscription);
  });
});
