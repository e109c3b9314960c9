import {
  BACKWARDS,
  END,
  FORWARDS,
  jsonEvent,
  START,
  type ReadRevision,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { expect, it } from 'vitest';
import { judge } from './judged-store.js';
import { collect, events, outline } from './outlines.js';
import { vectorRows } from './vector-file.js';

type Observed = readonly [
  direction: 'forwards' | 'backwards',
  from: string,
  atMost: string,
  answer: string,
];

function revisionFrom(from: string): ReadRevision {
  if (from === 'start') return START;
  return from === 'end' ? END : BigInt(from);
}

judge('a read of one stream', (store) => {
  it('of five events is answered from everywhere, both ways', async () => {
    const stream = store.stream('five');
    await store.client.appendToStream(stream, events(5), { expectedRevision: 'no_stream' });
    for (const [direction, from, atMost, answer] of vectorRows(
      'event-store-reads',
    ) as readonly Observed[]) {
      const read = store.client.readStream(stream, {
        direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
        fromRevision: revisionFrom(from),
        ...(atMost === '-' ? {} : { maxCount: Number(atMost) }),
      });
      // Forwards from the end the real server fails; an empty answer is kinder and taken too.
      const taken = answer === 'unknown' ? [answer, 'nothing'] : [answer];
      expect(taken, `${direction} from ${from}, at most ${atMost}`).toContain(await outline(read));
    }
  });

  it('of at most no event fails or is empty', async () => {
    const stream = store.stream('none');
    await store.client.appendToStream(stream, events(2));
    const read = store.client.readStream(stream, { maxCount: 0 });
    expect(['unknown', 'nothing']).toContain(await outline(read));
  });

  it('tells that the stream is missing, both ways', async () => {
    for (const direction of [FORWARDS, BACKWARDS] as const) {
      const read = store.client.readStream(store.stream('missing'), { direction });
      expect(await outline(read)).toBe('stream-not-found');
    }
  });

  it('tells that the stream is soft deleted or has a tombstone, both ways', async () => {
    const { client } = store;
    const [deleted, tombstoned] = [store.stream('deleted'), store.stream('tombstoned')];
    for (const stream of [deleted, tombstoned]) await client.appendToStream(stream, events(3));
    await client.deleteStream(deleted);
    await client.tombstoneStream(tombstoned);
    for (const direction of [FORWARDS, BACKWARDS] as const) {
      expect(await outline(client.readStream(deleted, { direction }))).toBe('stream-not-found');
      expect(await outline(client.readStream(tombstoned, { direction }))).toBe('stream-deleted');
    }
  });
});

judge('a read of $all', (store) => {
  const written = async (name: string): Promise<readonly ResolvedEvent[]> => {
    const stream = store.stream(name);
    for (let turn = 0; turn < 4; turn += 1) {
      await store.client.appendToStream(stream, events(2, turn * 2));
    }
    return collect(store.client.readStream(stream));
  };
  const from = (resolved: ResolvedEvent | undefined) => resolved!.event!.position!;
  const ids = (read: readonly ResolvedEvent[]) => read.map(({ event }) => event!.id);

  it('gives an append whole, in order, at strictly increasing positions, commit equal to prepare', async () => {
    const stream = store.stream('order');
    const sent = events(20);
    const { position } = await store.client.appendToStream(stream, sent);
    const own = await collect(store.client.readStream(stream));
    const all = await collect(
      store.client.readAll({ fromPosition: from(own[0]), maxCount: sent.length }),
    );
    expect(ids(all)).toEqual(sent.map(({ id }) => id));
    const positions = all.map(({ event }) => event!.position!);
    expect(positions.every(({ commit, prepare }) => commit === prepare)).toBe(true);
    const commits = positions.map(({ commit }) => commit);
    expect(commits.every((commit, index) => index === 0 || commit > commits[index - 1]!)).toBe(
      true,
    );
    expect(positions.at(-1)).toEqual(position);
  });

  it('includes the event at its position forwards and excludes it backwards', async () => {
    const { client } = store;
    const own = await written('edges');
    const fromPosition = from(own[4]);
    const [first] = await collect(client.readAll({ fromPosition, maxCount: 1 }));
    expect(first!.event!.id).toBe(own[4]!.event!.id);
    const before: string[] = [];
    let next = fromPosition;
    while (before.length < 4) {
      const page = client.readAll({ fromPosition: next, direction: BACKWARDS, maxCount: 1_000 });
      for (const { event } of await collect(page)) {
        if (event!.streamId === own[0]!.event!.streamId) before.push(event!.id);
        next = event!.position!;
      }
    }
    expect(before).toEqual(ids(own.slice(0, 4)).reverse());
  });

  it('is empty forwards from the end and backwards from the start', async () => {
    await written('ends');
    expect(await outline(store.client.readAll({ fromPosition: END, maxCount: 5 }))).toBe('nothing');
    const backwards = { direction: BACKWARDS, fromPosition: START, maxCount: 5 } as const;
    expect(await outline(store.client.readAll(backwards))).toBe('nothing');
  });

  it('is empty forwards from beyond the tail, and fails backwards from there', async () => {
    await written('tail');
    const beyond = { commit: 1n << 50n, prepare: 1n << 50n };
    const { client } = store;
    expect(await outline(client.readAll({ fromPosition: beyond }))).toBe('nothing');
    const backwards = client.readAll({ fromPosition: beyond, direction: BACKWARDS, maxCount: 5 });
    expect(await outline(backwards)).toBe('unknown');
  });

  it('fails from a position at which no event stands', async () => {
    const { client } = store;
    const own = await written('between');
    const { commit } = from(own[4]);
    const between = { commit: commit + 1n, prepare: commit + 1n };
    for (const direction of [FORWARDS, BACKWARDS] as const) {
      const read = client.readAll({ fromPosition: between, direction, maxCount: 5 });
      expect(await outline(read)).toBe('unknown');
    }
  });

  it('fails where prepare is greater than commit, and takes a lesser one', async () => {
    const { client } = store;
    const own = await written('prepare');
    const { commit } = from(own[4]);
    const greater = client.readAll({ fromPosition: { commit, prepare: commit + 1n }, maxCount: 1 });
    expect(await outline(greater)).toBe('unknown');
    const lesser = client.readAll({ fromPosition: { commit, prepare: commit - 1n }, maxCount: 1 });
    expect(ids(await collect(lesser))).toEqual([own[4]!.event!.id]);
  });

  it('shows the events of hidden, soft-deleted and tombstoned streams, and what removed them', async () => {
    const { client } = store;
    const marker = store.stream('marker');
    const { position } = await client.appendToStream(marker, events(1));
    const [hidden, deleted, tombstoned] = [
      store.stream('all-hidden'),
      store.stream('all-deleted'),
      store.stream('all-tombstoned'),
    ];
    for (const stream of [hidden, deleted, tombstoned]) {
      await client.appendToStream(stream, events(1));
    }
    await client.setStreamMetadata(hidden, { truncateBefore: 1 });
    await client.deleteStream(deleted);
    const removal = await client.tombstoneStream(tombstoned);
    const own = [hidden, deleted, tombstoned];
    const lines: string[] = [];
    for await (const { event } of client.readAll({ fromPosition: position! })) {
      const stream = own.find((name) => event?.streamId.endsWith(name));
      if (stream === undefined) continue;
      const name = event!.streamId.replace(stream, `${own.indexOf(stream)}`);
      lines.push(`${name} ${event!.revision} ${event!.type}`);
      if (event!.type === '$streamDeleted') expect(event!.position).toEqual(removal.position);
    }
    expect(lines).toEqual([
      '0 0 T',
      '1 0 T',
      '2 0 T',
      '$$0 0 $metadata',
      '$$1 0 $metadata',
      `2 ${2n ** 63n - 1n} $streamDeleted`,
    ]);
  });
});

judge('a link', (store) => {
  it('gives target and link where resolved, itself where not, and alone where its target is gone', async () => {
    const { client } = store;
    const [target, links] = [store.stream('target'), store.stream('links')];
    await client.appendToStream(target, events(2));
    // The client writes JSON; the body of a link is text.
    const link = (body: string) => ({
      ...jsonEvent({ type: '$>', data: {} }),
      contentType: 'application/octet-stream' as const,
      data: new TextEncoder().encode(body),
    });
    const bodies = [`1@${target}`, `0@${store.stream('never')}`, `0@${target}`];
    await client.appendToStream(links, bodies.map(link));
    const describe = ({ event, link: via, commitPosition }: ResolvedEvent): string =>
      `${event === undefined ? 'no event' : `${event.revision} ${event.type}`} via ${via?.type} ` +
      (commitPosition === undefined ? 'nowhere' : 'somewhere');
    const resolved = async () =>
      (await collect(client.readStream(links, { resolveLinkTos: true }))).map(describe);
    expect(await resolved()).toEqual([
      '1 T via $> somewhere',
      'no event via $> somewhere',
      '0 T via $> somewhere',
    ]);
    expect(await outline(client.readStream(links))).toBe('0 $>, 1 $>, 2 $>');
    await client.deleteStream(target);
    expect(await resolved()).toEqual(Array.from({ length: 3 }, () => 'no event via $> somewhere'));
  });
});
