import { binaryEvent, EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { EventStore, StoreNotice, StreamTruncation } from '#event-store';

import { HostileNode } from '../../doubles/hostile-node.js';
import { eventsToAppend, fill, givenNode, givenStore, write } from './store-on-disk.js';

const streamPrefix = 'daybook.';
/** What a client writes as `$tb` for a soft delete: 2^63 - 1, which is no JavaScript number. */
const softDelete = Buffer.from('{"$tb":9223372036854775807}');

/** Somebody with the bare client, who may do what Daybook never does. */
function givenStranger(connectionString: string): EventStoreDBClient {
  const stranger = EventStoreDBClient.connectionString(connectionString);
  onTestFinished(() => stranger.dispose());
  return stranger;
}

async function truncationsOf(store: EventStore): Promise<StreamTruncation[]> {
  const found: StreamTruncation[] = [];
  for await (const truncation of store.findTruncations(streamPrefix)) found.push(truncation);
  return found;
}

describe('an append to a stream of the store itself', () => {
  it.each(['$$daybook.order-1', '$settings'])('is refused and reported: %s', async (stream) => {
    const notices: StoreNotice[] = [];
    const node = await givenNode();
    const store = givenStore({ ...node, report: (notice) => notices.push(notice) });
    await write(store, 'daybook.order-1', 'no_stream', eventsToAppend(2));
    const [event] = eventsToAppend(1, { $maxCount: 1 });
    const outcome = await store.append({
      stream,
      expectedRevision: 'no_stream',
      events: [{ ...event!, type: '$metadata' }],
    });
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'stream_protected' });
    expect(notices).toMatchObject([{ code: 'stream_protected', occurrences: 1 }]);
    const request = { stream, fromRevision: 'start', direction: 'forwards' } as const;
    expect(await store.readStream({ ...request, eventsMax: 1 })).toEqual({
      outcome: 'stream_not_found',
    });
  });
});

describe('what somebody truncated behind the back of the ledger', () => {
  it('is nothing on a ledger that was left alone, and in a store without events', async () => {
    const node = await givenNode();
    const store = givenStore(node);
    expect(await truncationsOf(store)).toEqual([]);
    await fill(store, 'daybook.order-1', 2_500);
    expect(await truncationsOf(store)).toEqual([]);
  });

  it('is named stream by stream, in the store’s order, and streams of others are not', async () => {
    const node = await givenNode();
    const store = givenStore(node);
    const stranger = givenStranger(node.connectionString);
    const setMetadata = async (stream: string, data: JSONType | Buffer): Promise<void> => {
      const type = '$metadata';
      const event = Buffer.isBuffer(data) ? binaryEvent({ type, data }) : jsonEvent({ type, data });
      await stranger.appendToStream(`$$${stream}`, event);
    };
    await fill(store, 'daybook.order-1', 1_100);
    await setMetadata('daybook.order-1', { $maxCount: 3 });
    await setMetadata('daybook.order-2', { $tb: 7 });
    await setMetadata('daybook.order-3', { $maxAge: 60 });
    await setMetadata('daybook.order-4', { $acl: { $r: 'all' }, $maxCount: 0, $tb: 'x' });
    await setMetadata('foreign-1', { $maxCount: 1 });
    await fill(store, 'daybook.order-5', 1_100);
    await setMetadata('daybook.order-5', softDelete);
    await setMetadata('daybook.order-5', {});
    await stranger.tombstoneStream('daybook.order-5');
    await stranger.tombstoneStream('foreign-1');
    const found = await truncationsOf(store);
    expect(found.map(({ stream, kind }) => `${stream} ${kind}`)).toEqual([
      'daybook.order-1 truncated',
      'daybook.order-2 truncated',
      'daybook.order-3 truncated',
      'daybook.order-5 deleted',
      'daybook.order-5 tombstoned',
    ]);
    const [first] = found;
    expect(await store.readAt(first!.position)).toMatchObject({ stream: '$$daybook.order-1' });
  });
  it('is looked for to the end of a node that never says it has caught up', async () => {
    const node = await HostileNode.start({ seed: 1, plan: { isSilentAboutCatchUp: true } });
    onTestFinished(() => node.stop());
    const { connectionString } = node;
    const store = givenStore({ connectionString, readSilenceMilliseconds: 5_000 });
    await fill(store, 'daybook.order-1', 40);
    expect(await truncationsOf(store)).toEqual([]);
  });
});
