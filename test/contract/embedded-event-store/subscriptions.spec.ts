import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Position,
  type StreamSubscription,
} from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  appendEach,
  collect,
  errorType,
  events,
  openStore,
  until,
  type OpenStore,
} from './open-store.js';

let opened: OpenStore;
let client: EventStoreDBClient;
beforeEach(async () => {
  opened = await openStore();
  ({ client } = opened);
});
afterEach(() => opened.close());

/** Everything a subscription says, in order. */
function transcribe(subscription: AllStreamSubscription | StreamSubscription): string[] {
  const lines: string[] = [];
  (subscription as AllStreamSubscription)
    .on('confirmation', () => lines.push('confirmation'))
    .on('caughtUp', () => lines.push('caughtUp'))
    .on('error', (error) => lines.push(`error ${errorType(error)}`))
    .on('data', ({ event }) => lines.push(`${event?.revision} ${event?.type}`));
  return lines;
}

describe('a subscription to one stream of five events', () => {
  const CASES = [
    [START, ['0 T', '1 T', '2 T', '3 T', '4 T', 'caughtUp', '5 Live', '6 Live']],
    [2n, ['3 T', '4 T', 'caughtUp', '5 Live', '6 Live']],
    [4n, ['caughtUp', '5 Live', '6 Live']],
    [END, ['caughtUp', '5 Live', '6 Live']],
    [5n, ['caughtUp', '6 Live']],
  ] as const;

  it.each(CASES)('from %s says %j', async (fromRevision, said) => {
    await appendEach(client, 'five', events(5));
    const lines = transcribe(client.subscribeToStream('five', { fromRevision }));
    await until(() => lines.includes('caughtUp'));
    await client.appendToStream('other', events(1));
    for (let turn = 0; turn < 2; turn += 1) {
      await client.appendToStream('five', jsonEvent({ type: 'Live', data: {} }));
    }
    await until(() => lines.length > said.length);
    expect(lines).toEqual(['confirmation', ...said]);
  });

  it('waits for a missing stream without saying that it has caught up', async () => {
    const fromStart = transcribe(client.subscribeToStream('late'));
    const fromEnd = transcribe(client.subscribeToStream('late', { fromRevision: END }));
    await until(() => fromStart.length === 1 && fromEnd.length === 2);
    await client.appendToStream('late', events(2));
    await until(() => fromStart.length === 3 && fromEnd.length === 4);
    expect(fromStart).toEqual(['confirmation', '0 T', '1 T']);
    expect(fromEnd).toEqual(['confirmation', 'caughtUp', '0 T', '1 T']);
  });
});

describe('a subscription to $all', () => {
  it('begins after the event at its position', async () => {
    const { position } = await client.appendToStream('a', events(2));
    await client.appendToStream('b', events(1));
    const lines = transcribe(client.subscribeToAll({ fromPosition: position! }));
    await until(() => lines.length === 3);
    expect(lines).toEqual(['confirmation', '0 T', 'caughtUp']);
  });

  it('from beyond the tail is live, although its events lie before the position', async () => {
    await client.appendToStream('a', events(2));
    const fromPosition = { commit: 1_000_000n, prepare: 1_000_000n };
    const lines = transcribe(client.subscribeToAll({ fromPosition }));
    await until(() => lines.includes('caughtUp'));
    await client.appendToStream('b', events(1));
    await until(() => lines.length === 3);
    expect(lines).toEqual(['confirmation', 'caughtUp', '0 T']);
  });

  it('refuses a position at which no event stands', async () => {
    await client.appendToStream('a', events(2));
    const lines = transcribe(
      client.subscribeToAll({ fromPosition: { commit: 50n, prepare: 50n } }),
    );
    await until(() => lines.length > 0);
    expect(lines).toEqual(['error unknown']);
  });

  it('gives 3,000 events written while it catches up once each, in order', async () => {
    await client.appendToStream('before', events(1_000));
    const numbers: number[] = [];
    const subscription = client.subscribeToAll();
    subscription.on('data', ({ event }) => {
      numbers.push((event!.data as { number: number }).number);
    });
    let next = 1_000;
    while (next < 4_000) {
      const appends = Array.from({ length: 10 }, (_, index) =>
        client.appendToStream(`while-${index}`, events(10, next + index * 10)),
      );
      next += 100;
      await Promise.all(appends);
    }
    await until(() => numbers.length >= 4_000);
    expect(numbers).toEqual(Array.from({ length: 4_000 }, (_, number) => number));
  });

  it('serves a slow consumer what it missed, without holding it in memory or dropping it', async () => {
    const numbers: number[] = [];
    const subscription = client.subscribeToAll({ fromPosition: END });
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    subscription.pause();
    for (let turn = 0; turn < 20; turn += 1) {
      await client.appendToStream('burst', events(100, turn * 100));
    }
    subscription.on('data', ({ event }) => {
      numbers.push((event!.data as { number: number }).number);
    });
    subscription.resume();
    await until(() => numbers.length >= 2_000);
    expect(numbers).toEqual(Array.from({ length: 2_000 }, (_, number) => number));
  });

  it('ends with UNAVAILABLE when the node stops', async () => {
    const lines = transcribe(client.subscribeToAll());
    await until(() => lines.includes('caughtUp'));
    await opened.store.stop();
    await until(() => lines.length === 3);
    expect(lines).toEqual(['confirmation', 'caughtUp', 'error unavailable']);
  });

  it('goes on exactly after the last event received when the node has been started again', async () => {
    const disk = new SimulatedDisk();
    const received: bigint[] = [];
    let after: Position | typeof START = START;
    for (let start = 0; start < 4; start += 1) {
      const next = await openStore(disk);
      await next.client.appendToStream('a', events(50));
      const subscription = next.client.subscribeToAll({ fromPosition: after });
      const takenInAll = 50 * start + 10;
      subscription.on('error', () => {});
      subscription.on('data', ({ event }) => {
        if (received.length === takenInAll) return;
        received.push(event!.revision);
        after = event!.position!;
      });
      await until(() => received.length === takenInAll);
      await next.close();
    }
    const last = await openStore(disk);
    const rest = last.client.subscribeToAll({ fromPosition: after });
    rest.on('data', ({ event }) => received.push(event!.revision));
    await until(() => received.length >= 200);
    expect(received).toEqual(Array.from({ length: 200 }, (_, index) => BigInt(index)));
    await last.close();
  });
});

describe('a filtered subscription to $all', () => {
  it.each([
    ['stream names by prefix', streamNameFilter({ prefixes: ['even-', 'none'] }), 'even'],
    ['stream names by expression', streamNameFilter({ regex: '^even-\\d+$' }), 'even'],
    ['event types by prefix', eventTypeFilter({ prefixes: ['Odd'] }), 'odd'],
    ['event types by expression', eventTypeFilter({ regex: 'dd$' }), 'odd'],
  ] as const)('filters %s', async (_name, filter, wanted) => {
    const append = (number: number): Promise<unknown> =>
      client.appendToStream(
        `${number % 2 === 0 ? 'even' : 'odd'}-${number % 7}`,
        jsonEvent({ type: number % 2 === 0 ? 'Even' : 'Odd', data: { number } }),
      );
    for (let number = 0; number < 100; number += 1) await append(number);
    const numbers: number[] = [];
    client.subscribeToAll({ filter }).on('data', ({ event }) => {
      numbers.push((event!.data as { number: number }).number);
    });
    await until(() => numbers.length === 50);
    for (let number = 100; number < 120; number += 1) await append(number);
    await until(() => numbers.length === 60);
    const offset = wanted === 'even' ? 0 : 1;
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => index * 2 + offset));
  });

  it('refuses an expression that is none', async () => {
    const lines = transcribe(client.subscribeToAll({ filter: streamNameFilter({ regex: '([' }) }));
    await until(() => lines.length > 0);
    expect(lines).toEqual(['error unknown']);
  });

  it('tells every 32 events looked at how far it has come, and at the end of catching up', async () => {
    await client.appendToStream('other', events(50));
    await client.appendToStream('match', events(2));
    await client.appendToStream('other', events(50));
    const lines: string[] = [];
    const filter = streamNameFilter({
      prefixes: ['match'],
      checkpointReached: async (_subscription, { commit }) => {
        lines.push(`checkpoint ${indexOf(commit)}`);
      },
    });
    const positions = (await collect(client.readAll())).map(({ event }) => event!.position!.commit);
    const indexOf = (commit: bigint): number => positions.indexOf(commit);
    const subscription = client.subscribeToAll({ filter });
    subscription
      .on('caughtUp', () => lines.push('caughtUp'))
      .on('data', ({ event }) => lines.push(`event ${indexOf(event!.position.commit)}`));
    await until(() => lines.length === 7);
    expect(lines).toEqual([
      'checkpoint 31',
      'event 50',
      'event 51',
      'checkpoint 63',
      'checkpoint 95',
      'checkpoint 101',
      'caughtUp',
    ]);
  });

  it('never tells a checkpoint beyond an event that is still to come', async () => {
    const said: { kind: 'event' | 'checkpoint'; commit: bigint }[] = [];
    const filter = excludeSystemEvents({
      checkpointInterval: 2,
      maxSearchWindow: 5,
      checkpointReached: async (_subscription, { commit }) => {
        said.push({ kind: 'checkpoint', commit });
      },
    });
    client
      .subscribeToAll({ filter })
      .on('data', ({ event }) => said.push({ kind: 'event', commit: event!.position.commit }));
    for (let turn = 0; turn < 60; turn += 1) {
      await Promise.all([
        client.appendToStream('a', events(3)),
        client.appendToStream('$system', jsonEvent({ type: '$s', data: {} })),
      ]);
    }
    await until(() => said.filter(({ kind }) => kind === 'event').length === 180);
    const checkpoints = said.filter(({ kind }) => kind === 'checkpoint');
    expect(checkpoints.length).toBeGreaterThanOrEqual(23);
    let last = -1n;
    for (const { kind, commit } of said) {
      if (kind === 'event') expect(commit).toBeGreaterThan(last);
      else expect(commit).toBeGreaterThanOrEqual(last);
      last = commit;
    }
  });

  it('can be begun again from any checkpoint without gap or repeat', async () => {
    await client.appendToStream('other', events(40));
    await client.appendToStream('match', events(40));
    await client.appendToStream('other', events(40));
    const checkpoints: { position: Position; seen: number }[] = [];
    let seen = 0;
    const filter = streamNameFilter({
      prefixes: ['match'],
      checkpointReached: async (_subscription, position) => {
        checkpoints.push({ position, seen });
      },
    });
    const first = client.subscribeToAll({ filter }).on('data', () => (seen += 1));
    await new Promise((resolve) => first.once('caughtUp', resolve));
    for (const { position, seen: before } of checkpoints) {
      const lines = transcribe(
        client.subscribeToAll({
          fromPosition: position,
          filter: streamNameFilter({ prefixes: ['match'] }),
        }),
      );
      await until(() => lines.includes('caughtUp'));
      const revisions = Array.from({ length: 40 - before }, (_, index) => `${before + index} T`);
      expect(lines).toEqual(['confirmation', ...revisions, 'caughtUp']);
    }
    expect(checkpoints).toHaveLength(4);
  });
});
