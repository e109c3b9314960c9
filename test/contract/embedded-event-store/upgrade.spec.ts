import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LogFormatError, verifyLogIn } from '#embedded-event-store';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  appendOutline,
  collect,
  events,
  LOG_FILE,
  openStore,
  SMALL_STORAGE,
  withStore,
} from './open-store.js';

const VERSION_0 = new URL('../../fixtures/event-log-v0/', import.meta.url);
const VERSION_0_FILE = 'events.log';

async function diskWith(bytes: Buffer): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const file = await disk.open(VERSION_0_FILE);
  await file.write(bytes, 0);
  await file.sync();
  await disk.sync();
  return disk;
}

const version0Log = (): Promise<Buffer> => readFile(new URL('events-log.bin', VERSION_0));

async function writtenEvents(): Promise<readonly unknown[]> {
  return JSON.parse(await readFile(new URL('events.json', VERSION_0), 'utf8')) as unknown[];
}

/** All events of the store as the fixture lists them. */
async function storedEvents(disk: SimulatedDisk, segmentBytes?: number): Promise<unknown[]> {
  const storage = segmentBytes === undefined ? SMALL_STORAGE : { ...SMALL_STORAGE, segmentBytes };
  return withStore(
    async ({ client }) =>
      (await collect(client.readAll())).map(({ event }) => ({
        stream: event!.streamId,
        revision: Number(event!.revision),
        type: event!.type,
        id: event!.id,
        position: Number(event!.position!.commit),
        data: event!.data,
      })),
    disk,
    { storage },
  );
}

describe('a log of format version 0', () => {
  it.each([['one segment', undefined] as const, ['several segments', 1_000] as const])(
    'is carried over to %s: every event as it was, at its own position',
    async (_name, segmentBytes) => {
      const disk = await diskWith(await version0Log());
      expect(await storedEvents(disk, segmentBytes)).toEqual(await writtenEvents());
      expect(disk.names).not.toContain(VERSION_0_FILE);
      expect(disk.names.filter((name) => name.endsWith('.log')).length).toBe(
        segmentBytes === undefined ? 1 : 5,
      );
      expect(await storedEvents(disk, segmentBytes)).toEqual(await writtenEvents());
      expect(await verifyLogIn(disk)).toMatchObject({ outcome: 'intact', events: 22 });
    },
  );

  it('takes appends afterwards at its exact revisions, and says that it was carried over', async () => {
    const disk = await diskWith(await version0Log());
    await withStore(async ({ client, notices }) => {
      expect(notices).toMatchObject([{ kind: 'migrated', file: VERSION_0_FILE }]);
      expect(await appendOutline(client, '$$order-0001', events(1), 3n)).toBe('ok 4');
    }, disk);
  });

  it('is refused where it is damaged in the middle, and left as it is', async () => {
    const disk = await diskWith(await version0Log());
    disk.damage(VERSION_0_FILE, 500, 0x04);
    await expect(openStore(disk)).rejects.toThrow(/damaged at byte \d+ of events\.log/);
    expect(disk.names).toEqual([VERSION_0_FILE]);
  });

  it('is refused beside segments of version 1, for these are two ledgers', async () => {
    const disk = await diskWith(await version0Log());
    const other = new SimulatedDisk();
    await withStore(({ client }) => client.appendToStream('s', events(1)), other);
    const file = await disk.open(LOG_FILE);
    await file.write(other.contents(LOG_FILE), 0);
    await expect(openStore(disk)).rejects.toThrow(LogFormatError);
    expect(disk.contents(VERSION_0_FILE)).toEqual(await version0Log());
  });

  it('is old or new after a power cut at any step, and never anything else', async () => {
    const bytes = await version0Log();
    const written = await writtenEvents();
    for (let operation = 1; operation <= 40; operation += 1) {
      const disk = await diskWith(bytes);
      disk.crashAtOperation(operation);
      await openStore(disk, { storage: { ...SMALL_STORAGE, segmentBytes: 1_000 } }).then(
        (opened) => opened.close(),
        () => undefined,
      );
      disk.crash();
      expect(await storedEvents(disk, 1_000)).toEqual(written);
    }
  });
});

describe('a log of a later version', () => {
  it('is refused, and the message says what to do', async () => {
    const disk = new SimulatedDisk();
    const file = await disk.open(LOG_FILE);
    const header = Buffer.alloc(32);
    header.write('DAYBKLOG', 'latin1');
    header.writeUInt32LE(2, 8);
    header.writeUIntLE(20, 16, 6);
    header.writeUInt32LE(crc32(header.subarray(0, 28)), 28);
    await file.write(header, 0);
    await expect(openStore(disk)).rejects.toThrow(
      `${LOG_FILE} has format version 2; this program reads 1. Start the program that wrote it.`,
    );
  });
});
