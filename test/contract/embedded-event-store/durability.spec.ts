import { END } from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  allArrived,
  appendEach,
  appendOutline,
  collect,
  events,
  LOG_FILE,
  makeRoom,
  openStore,
  outline,
  SMALL_STORAGE,
  until,
  withStore,
} from './open-store.js';

describe('an append', () => {
  it('is acknowledged and seen only after its sync, and so are its repeat and its refusal', async () => {
    const disk = new SimulatedDisk();
    await withStore(async (opened) => {
      const { client } = opened;
      await makeRoom(client);
      const seen: string[] = [];
      for (const subscription of [
        client.subscribeToAll({ fromPosition: END }),
        client.subscribeToStream('s'),
      ]) {
        await new Promise((resolve) => subscription.once('confirmation', resolve));
        subscription.on('data', ({ event }) => seen.push(`${event?.revision} ${event?.type}`));
      }
      disk.holdSyncs();
      const sent = events(2);
      const answers: string[] = [];
      const append = async (appended = sent): Promise<void> => {
        answers.push(await appendOutline(client, 's', appended, 'no_stream'));
      };
      const appended = append();
      await Promise.race([disk.whenSyncHeld(), appended]);
      const after = [append(), append(events(1))];
      await allArrived(client);
      expect(await outline(client.readStream('s'))).toBe('stream-not-found');
      expect(await outline(client.readAll())).toEqual(['0 T']);
      expect(answers).toEqual([]);
      expect(seen).toEqual([]);

      disk.releaseSyncs();
      await Promise.all([appended, ...after]);
      await until(() => seen.length === 4);
      expect(answers).toEqual(['ok 1', 'ok 1', 'no_stream≠1']);
      expect(await outline(client.readAll())).toEqual(['0 T', '0 T', '1 T']);
    }, disk);
  });

  it('survives the loss of everything that was not synced', async () => {
    const disk = new SimulatedDisk();
    const opened = await openStore(disk);
    await appendEach(opened.client, 's', events(20));
    disk.crash();
    await opened.close().catch(() => {});
    await withStore(async ({ client }) => {
      expect(await outline(client.readStream('s'))).toHaveLength(20);
    }, disk);
  });

  it('shares a sync with those that arrive while one runs', async () => {
    const disk = new SimulatedDisk();
    await withStore(
      async (opened) => {
        const { client } = opened;
        await makeRoom(client);
        const { syncs } = disk.counters;
        disk.holdSyncs();
        const first = client.appendToStream('first', events(1));
        await disk.whenSyncHeld();
        const rest = Array.from({ length: 50 }, (_, index) =>
          client.appendToStream(`rest-${index}`, events(2)),
        );
        await allArrived(client);
        disk.releaseSyncs();
        await Promise.all([first, ...rest]);
        expect(disk.counters.syncs - syncs).toBe(2);
      },
      disk,
      { storage: { ...SMALL_STORAGE, roomBytes: 1_048_576 } },
    );
  });

  it('is written whole by a disk that takes a part at a time', async () => {
    const disk = new SimulatedDisk(7);
    disk.writeShort();
    await withStore(({ client }) => appendEach(client, 's', events(20)), disk);
    await withStore(async ({ client }) => {
      expect(await outline(client.readStream('s'))).toHaveLength(20);
    }, disk);
  });
});

describe.each([
  ['a failed sync', (disk: SimulatedDisk) => disk.failSyncs(1)],
  ['a failed write', (disk: SimulatedDisk) => disk.failWrites(1)],
])('%s', (_name, fail) => {
  it('is never followed by an acknowledgement, and the node says why', async () => {
    const disk = new SimulatedDisk();
    await withStore(async ({ client, failures }) => {
      await client.appendToStream('s', events(2), { expectedRevision: 'no_stream' });
      fail(disk);
      for (let turn = 0; turn < 3; turn += 1) {
        const refused = client.appendToStream('s', events(1), { expectedRevision: 1n });
        await expect(refused).rejects.toThrow(/UNAVAILABLE.*nothing is accepted any more/);
      }
      expect(failures.map(({ message }) => message)).toEqual([
        expect.stringMatching(/the event store failed.*Check the disk/),
      ]);
      expect(await outline(client.readStream('s'))).toEqual(['0 T', '1 T']);
    }, disk);
  });

  it.each([['after a restart', false] as const, ['after a power cut', true] as const])(
    'leaves the acknowledged events alone and none of the others, %s',
    async (_when, powerCut) => {
      const disk = new SimulatedDisk();
      const opened = await openStore(disk);
      await opened.client.appendToStream('s', events(2), { expectedRevision: 'no_stream' });
      fail(disk);
      expect(await appendOutline(opened.client, 's', events(5), 1n)).toBe('unavailable');
      if (powerCut) disk.crash();
      await opened.close();
      await withStore(async ({ client }) => {
        expect(await outline(client.readStream('s'))).toEqual(['0 T', '1 T']);
        expect(await appendOutline(client, 's', events(1), 1n)).toBe('ok 2');
      }, disk);
    },
  );

  it('refuses what waited behind it', async () => {
    const disk = new SimulatedDisk();
    await withStore(async (opened) => {
      const { client } = opened;
      await makeRoom(client);
      disk.holdSyncs();
      const first = appendOutline(client, 'first', events(1), 'no_stream');
      await disk.whenSyncHeld();
      const rest = Array.from({ length: 10 }, (_, index) =>
        appendOutline(client, `rest-${index}`, events(1), 'no_stream'),
      );
      await allArrived(client);
      fail(disk);
      disk.releaseSyncs();
      const answers = await Promise.all([first, ...rest]);
      expect(answers.slice(1)).toEqual(Array.from({ length: 10 }, () => 'unavailable'));
      const acknowledged = answers[0] === 'ok 0' ? 1 : 0;
      expect(await collect(client.readAll())).toHaveLength(1 + acknowledged);
    }, disk);
  });
});

describe('a stop', () => {
  it('answers what was accepted, and what it answered is there after the next start', async () => {
    const disk = new SimulatedDisk();
    const opened = await openStore(disk);
    disk.holdSyncs();
    const append = appendOutline(opened.client, 's', events(3), 'no_stream');
    await disk.whenSyncHeld();
    const stopped = opened.store.stop();
    disk.releaseSyncs();
    expect(await append).toBe('ok 2');
    await stopped;
    await opened.close();
    await withStore(async ({ client }) => {
      expect(await outline(client.readStream('s'))).toHaveLength(3);
    }, disk);
  });

  it('seals the log once, however often the node is started without writing', async () => {
    const disk = new SimulatedDisk();
    await withStore(({ client }) => client.appendToStream('s', events(3)), disk);
    const size = disk.contents(LOG_FILE).length;
    for (let start = 0; start < 3; start += 1) await withStore(async () => {}, disk);
    expect(disk.contents(LOG_FILE)).toHaveLength(size);
  });
});
