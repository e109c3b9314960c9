import { describe, expect, it } from 'vitest';
import { DiskFullError, SimulatedDisk } from '../../doubles/simulated-disk.js';
import { appendOutline, collect, events, makeRoom, outline, withStore } from './open-store.js';

describe('a full disk', () => {
  it('refuses appends by name, keeps nothing of them, and takes appends when there is room', async () => {
    const disk = new SimulatedDisk();
    const storage = { roomBytes: 1_000, idleMilliseconds: 3_600_000 };
    await withStore(
      async ({ client, failures, notices }) => {
        await client.appendToStream('s', events(2), { expectedRevision: 'no_stream' });
        disk.limitRoom(100);
        for (let turn = 0; turn < 3; turn += 1) {
          const refused = client.appendToStream('s', events(20), { expectedRevision: 1n });
          await expect(refused).rejects.toThrow(/UNAVAILABLE.*the disk is full/);
        }
        expect(await outline(client.readStream('s'))).toEqual(['0 T', '1 T']);
        expect(notices).toMatchObject([{ kind: 'disk_full' }]);

        disk.unlimitRoom();
        expect(await appendOutline(client, 's', events(20), 1n)).toBe('ok 21');
        expect(failures).toEqual([]);
      },
      disk,
      { storage },
    );
    await withStore(async ({ client }) => {
      expect(await collect(client.readStream('s'))).toHaveLength(22);
    }, disk);
  });

  it('that shows only at the write keeps what was decided and writes it when there is room', async () => {
    const disk = new SimulatedDisk();
    await withStore(async ({ client, failures }) => {
      await makeRoom(client);
      disk.failWrites(1, new DiskFullError());
      const sent = events(2);
      expect(await appendOutline(client, 's', sent, 'no_stream')).toBe('unavailable');
      expect(await outline(client.readStream('s'))).toBe('stream-not-found');
      expect(await appendOutline(client, 's', sent, 'no_stream')).toBe('ok 1');
      expect(await outline(client.readStream('s'))).toEqual(['0 T', '1 T']);
      expect(failures).toEqual([]);
    }, disk);
    await withStore(async ({ client }) => {
      expect(await outline(client.readStream('s'))).toEqual(['0 T', '1 T']);
    }, disk);
  });
});
