import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DamagedLogError,
  startEmbeddedEventStore,
  verifyEventLog,
  verifyLogIn,
} from '#embedded-event-store';
import { EventStoreDBClient } from '@eventstore/db-client';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  appendOutline,
  collect,
  events,
  LOG_FILE,
  SMALL_STORAGE,
  withStore,
} from './open-store.js';

const STORAGE = { ...SMALL_STORAGE, segmentBytes: 2_000, recentBytes: 512 };

describe('a backup beside appends', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-backup-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is a store that holds exactly the first of the events, in order', async () => {
    const target = join(folder, 'backup');
    const store = await startEmbeddedEventStore({
      directory: join(folder, 'store'),
      storage: STORAGE,
    });
    const client = EventStoreDBClient.connectionString(store.connectionString);
    const acknowledgedBefore = 40;
    const append = (stream: number): Promise<string> =>
      appendOutline(client, `s-${stream}`, events(2), 'no_stream');
    for (let stream = 0; stream < acknowledgedBefore; stream += 1) await append(stream);
    const during = Array.from({ length: 200 }, (_, index) => append(acknowledgedBefore + index));
    const backup = await store.backup(target);
    await Promise.all(during);
    const all = (await collect(client.readAll())).map(({ event }) => event!.id);
    await client.dispose();
    await store.stop();

    expect(backup.events).toBeGreaterThanOrEqual(acknowledgedBefore * 2);
    const files = await readdir(target);
    expect(files.every((name) => /^events-\d{16}\.log$/.test(name))).toBe(true);
    expect(await verifyEventLog(target)).toEqual({
      outcome: 'intact',
      events: backup.events,
      bytes: expect.any(Number) as number,
      lastPosition: backup.lastPosition,
      cut: undefined,
    });
    const restored = await startEmbeddedEventStore({ directory: target });
    const reader = EventStoreDBClient.connectionString(restored.connectionString);
    const copied = (await collect(reader.readAll())).map(({ event }) => event!.id);
    await reader.dispose();
    await restored.stop();
    expect(copied).toEqual(all.slice(0, backup.events));
  });

  it('is refused where something is in the folder already', async () => {
    await writeFile(join(folder, 'mine.txt'), 'mine');
    await withStore(async ({ store }) => {
      await expect(store.backup(folder)).rejects.toThrow(/empty folder, and 'mine.txt' is in it/);
    });
  });
});

describe('the check of a whole log', () => {
  it('reads what index files let a start pass over, and names where it is damaged', async () => {
    const disk = new SimulatedDisk();
    await withStore(
      async ({ client }) => {
        for (let stream = 0; stream < 30; stream += 1) {
          await client.appendToStream(`s-${stream}`, events(2));
        }
      },
      disk,
      { storage: STORAGE },
    );
    expect(await verifyLogIn(disk)).toMatchObject({ outcome: 'intact', events: 60 });
    const file = disk.names.find((name) => name.endsWith('.log'))!;
    disk.damage(file, 300, 0x01);
    const verdict = await verifyLogIn(disk);
    expect(verdict).toMatchObject({ outcome: 'damaged' });
    expect(verdict).toHaveProperty('message', expect.stringContaining(`of ${file}`));
    await expect(withStore(async () => {}, disk, { storage: STORAGE })).rejects.toThrow(
      DamagedLogError,
    );
  });

  it.each(['.copying', '.migrating'])(
    'takes a folder whose files still end in %s for no whole log',
    async (suffix) => {
      const disk = new SimulatedDisk();
      await withStore(({ client }) => client.appendToStream('s', events(2)), disk);
      await disk.rename(LOG_FILE, LOG_FILE + suffix);
      expect(await verifyLogIn(disk)).toMatchObject({ outcome: 'damaged' });
    },
  );

  it('copies nothing that the disk has changed', async () => {
    const disk = new SimulatedDisk();
    await withStore(
      async ({ client, store }) => {
        for (let stream = 0; stream < 30; stream += 1) {
          await client.appendToStream(`s-${stream}`, events(2));
        }
        const file = disk.names.find((name) => name.endsWith('.log'))!;
        disk.damage(file, 300, 0x01);
        const copied = store.backupInto(new SimulatedDisk());
        await expect(copied).rejects.toThrow(`of ${file}: what stands there is not what was`);
      },
      disk,
      { storage: STORAGE },
    );
  });
});
