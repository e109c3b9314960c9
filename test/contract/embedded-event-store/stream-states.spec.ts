import {
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
  EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { EmbeddedEventStore, type RefusedAttempt } from '#embedded-event-store';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import { appendOutline, errorType, events, outline, withStore } from './open-store.js';

/** What becomes of three events. */
const STATES: Readonly<
  Record<string, (client: EventStoreDBClient, stream: string) => Promise<unknown>>
> = {
  'with $maxCount': (client, stream) => client.setStreamMetadata(stream, { maxCount: 1 }),
  'truncated by $tb': (client, stream) => client.setStreamMetadata(stream, { truncateBefore: 2 }),
  'with metadata set twice': async (client, stream) => {
    await client.setStreamMetadata(stream, { truncateBefore: 3 });
    await client.setStreamMetadata(stream, { truncateBefore: 1 });
  },
  'soft deleted': (client, stream) => client.deleteStream(stream),
  'soft deleted and written again': async (client, stream) => {
    await client.deleteStream(stream);
    await client.appendToStream(stream, events(2), { expectedRevision: 'no_stream' });
  },
  tombstoned: (client, stream) => client.tombstoneStream(stream),
  'soft deleted, then tombstoned': async (client, stream) => {
    await client.deleteStream(stream);
    await client.tombstoneStream(stream);
  },
  'with a type of event like that of a tombstone': (client, stream) =>
    client.appendToStream(stream, jsonEvent({ type: '$streamDeleted', data: {} })),
};

/** What readers and writers are told of a stream. Appends are of nothing, so that none changes it. */
async function standing(client: EventStoreDBClient, stream: string): Promise<unknown> {
  const expectations = ['no_stream', 'stream_exists', 'any', 2n, 3n] as const;
  const appends: string[] = [];
  for (const expected of expectations) {
    appends.push(await appendOutline(client, stream, [], expected));
  }
  const metadata = client.getStreamMetadata(stream).then((result) => result.metadata, errorType);
  return [await outline(client.readStream(stream)), appends, await metadata];
}

describe('the state of a stream', () => {
  it('is the same after a restart, and again after a second one', async () => {
    const disk = new SimulatedDisk();
    const tell = async (client: EventStoreDBClient) =>
      Object.fromEntries(
        await Promise.all(
          Object.keys(STATES).map(async (stream) => [stream, await standing(client, stream)]),
        ),
      ) as Record<string, unknown>;
    const before = await withStore(async ({ client }) => {
      for (const [stream, bring] of Object.entries(STATES)) {
        await client.appendToStream(stream, events(3), { expectedRevision: 'no_stream' });
        await bring(client, stream);
      }
      return tell(client);
    }, disk);
    expect(before).toMatchObject({
      'with $maxCount': [['2 T'], ['no_stream≠2', 'ok 2', 'ok 2', 'ok 2', '3≠2'], { maxCount: 1 }],
      'with metadata set twice': [['1 T', '2 T'], expect.anything(), { truncateBefore: 1 }],
      'soft deleted and written again': [['3 T', '4 T'], expect.anything(), { truncateBefore: 3 }],
      tombstoned: ['stream-deleted', expect.anything(), 'stream-deleted'],
    });
    for (let restart = 0; restart < 2; restart += 1) {
      expect(await withStore(({ client }) => tell(client), disk)).toEqual(before);
    }
  });
});

describe('a recreated stream', () => {
  it('has its new beginning written right behind the append, and keeps it over a restart', async () => {
    const disk = new SimulatedDisk();
    await withStore(async ({ client }) => {
      await client.appendToStream('s', events(3));
      await client.deleteStream('s');
      await client.appendToStream('s', events(1), { expectedRevision: 'no_stream' });
    }, disk);
    await withStore(async ({ client }) => {
      expect(await outline(client.readStream('s'))).toEqual(['3 T']);
      const all: string[] = [];
      for await (const { event } of client.readAll()) all.push(`${event?.streamId} ${event?.type}`);
      expect(all.slice(-2)).toEqual(['s T', '$$s $metadata']);
    }, disk);
  });
});

describe('a protected prefix', () => {
  it('keeps its streams readable whole, and reports who tried otherwise', async () => {
    const attempts: RefusedAttempt[] = [];
    const store = await EmbeddedEventStore.open({
      directory: new SimulatedDisk(),
      protectedPrefix: 'ledger.',
      onRefusedAttempt: (attempt) => attempts.push(attempt),
    });
    const client = EventStoreDBClient.connectionString(store.connectionString);
    const refused = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', errorType);
    const truncating = jsonEvent({ type: '$metadata', data: { $tb: 2 } });
    const credentials = { username: 'admin', password: 'x' };
    try {
      await client.appendToStream('ledger.a', events(3));
      const answers = [
        await refused(client.deleteStream('ledger.a')),
        await refused(client.tombstoneStream('ledger.a')),
        await refused(client.tombstoneStream('ledger.none-yet')),
        await refused(client.deleteStream('$$ledger.a')),
        await refused(client.setStreamMetadata('ledger.a', { maxCount: 2 })),
        await refused(client.setStreamMetadata('ledger.a', { truncateBefore: 1 })),
        await refused(client.setStreamMetadata('ledger.a', { maxAge: 2 })),
        await refused(client.appendToStream('$$ledger.a', truncating, { credentials })),
      ];
      expect(answers).toEqual(answers.map(() => 'access-denied'));
      expect(attempts.map(({ stream, attempt }) => `${attempt} ${stream}`)).toEqual([
        'soft_delete ledger.a',
        'tombstone ledger.a',
        'tombstone ledger.none-yet',
        'soft_delete $$ledger.a',
        ...Array.from({ length: 4 }, () => 'truncating_metadata $$ledger.a'),
      ]);
      expect(await outline(client.readStream('ledger.a'))).toEqual(['0 T', '1 T', '2 T']);

      await client.setStreamMetadata('ledger.a', { cacheControl: 1 });
      await client.appendToStream('other', events(3));
      await client.setStreamMetadata('other', { maxCount: 1 });
      await client.deleteStream('other');
      expect(attempts).toHaveLength(8);
    } finally {
      await client.dispose();
      await store.stop();
    }
  });
});

describe('what the node does not offer', () => {
  it('is refused by name, not silently done otherwise', async () => {
    await withStore(async ({ client }) => {
      const subscription = client.createPersistentSubscriptionToStream(
        's',
        'group',
        persistentSubscriptionToStreamSettingsFromDefaults(),
      );
      await expect(subscription).rejects.toThrow(/UNIMPLEMENTED.*persistent subscriptions/);
      const projection = client.createProjection('p', 'fromAll()');
      await expect(projection).rejects.toThrow(/UNIMPLEMENTED.*projections in the store/);
      await expect(client.listProjections()).rejects.toThrow(/UNIMPLEMENTED.*projections/);
    });
  });
});
