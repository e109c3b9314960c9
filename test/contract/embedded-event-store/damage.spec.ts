import { jsonEvent, type EventData } from '@eventstore/db-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { DamagedLogError, LogFormatError, type LogNotice } from '#embedded-event-store';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';
import {
  allArrived,
  appendEach,
  appendOutline,
  collect,
  events,
  HEADER_BYTES,
  LOG_FILE,
  makeRoom,
  offsetOf,
  openStore,
  outline,
  SMALL_STORAGE,
  withStore,
} from './open-store.js';

const EVENTS = 8;

/** Bytes of a frame's header and of an event's length, which come before a frame's first event. */
const BEFORE_FIRST_EVENT = 24;

/** Each event of the stream is an append, a frame and a sync of its own. */
let disk: SimulatedDisk;
/** The same after a stop, which sealed the log. */
let stoppedDisk: SimulatedDisk;
/** The byte of the file at which each event's frame begins. */
let frames: readonly number[];

beforeAll(async () => {
  stoppedDisk = new SimulatedDisk();
  await withStore(
    async ({ client }) => {
      await appendEach(client, 's', events(EVENTS));
      disk = stoppedDisk.copy();
      const positions = (await collect(client.readAll())).map(
        ({ event }) => event!.position!.commit,
      );
      frames = positions.map((position) => offsetOf(Number(position)) - BEFORE_FIRST_EVENT);
    },
    stoppedDisk,
    { storage: { ...SMALL_STORAGE, roomBytes: 4_096 } },
  );
});

async function truncated(size: number): Promise<SimulatedDisk> {
  const cut = disk.copy();
  const file = await cut.open(LOG_FILE);
  await file.truncate(size);
  await file.sync();
  return cut;
}

/** Where what was written ends: behind it lies room that was made ahead. */
function writtenEnd(of: SimulatedDisk): number {
  const bytes = of.contents(LOG_FILE);
  let end = bytes.length;
  while (bytes[end - 1] === 0) end -= 1;
  return end;
}

/** Opens the log with so many events left, writes on, and tells what was reported at the open. */
async function expectEvents(kept: SimulatedDisk, count: number): Promise<LogNotice | undefined> {
  let notice: LogNotice | undefined;
  await withStore(async ({ client, notices }) => {
    notice = notices[0];
    expect(await outline(client.readStream('s'))).toHaveLength(count);
    expect(await appendOutline(client, 's', events(1), BigInt(count - 1))).toBe(`ok ${count}`);
  }, kept);
  await withStore(async ({ client }) => {
    expect(await outline(client.readStream('s'))).toHaveLength(count + 1);
  }, kept);
  return notice;
}

async function openError(damaged: SimulatedDisk): Promise<unknown> {
  const before = damaged.contents(LOG_FILE);
  try {
    await (await openStore(damaged)).close();
    return undefined;
  } catch (error) {
    expect(damaged.contents(LOG_FILE).equals(before)).toBe(true);
    return error;
  }
}

describe('the end of the log', () => {
  it('is cut where its last frame is short, however short, and what was cut is reported', async () => {
    const last = frames[EVENTS - 1]!;
    const end = writtenEnd(disk);
    for (const size of [last + 1, last + 3, last + 50, end - 1]) {
      const notice = await expectEvents(await truncated(size), EVENTS - 1);
      const bytes = size - last;
      expect(notice).toMatchObject({ kind: 'tail_cut', file: LOG_FILE, offset: last, bytes });
      expect(notice).toMatchObject({ looksLike: 'torn_write', wholeFrames: 0 });
    }
    expect(await expectEvents(await truncated(last), EVENTS - 1)).toBeUndefined();
  });

  it('is its beginning where the file was emptied, and whoever runs the store is told', async () => {
    for (const size of [0, 7]) {
      await withStore(
        async ({ client, notices }) => {
          expect(notices).toMatchObject([{ kind: 'begun_anew', file: LOG_FILE }]);
          expect(notices[0]?.message).toContain('restore a backup');
          expect(await outline(client.readAll())).toEqual([]);
        },
        await truncated(size),
      );
    }
    await withStore(async ({ notices }) => expect(notices).toEqual([]));
  });

  it('is cut where its last frame is not what was written, and that looks like damage', async () => {
    const last = frames[EVENTS - 1]!;
    for (const offset of [last, last + 5, last + 9, last + 14, last + 17, last + 60]) {
      const damaged = disk.copy();
      damaged.damage(LOG_FILE, offset, 0x10);
      const notice = await expectEvents(damaged, EVENTS - 1);
      expect(notice).toMatchObject({ kind: 'tail_cut', offset: last });
      expect(notice?.message).toContain(`from byte ${last} of ${LOG_FILE} on`);
      if (offset >= last + 14) expect(notice).toMatchObject({ looksLike: 'changed_bytes' });
    }
  });

  it('is refused when it is damaged after a stop, for then it was acknowledged for certain', async () => {
    const damaged = stoppedDisk.copy();
    damaged.damage(LOG_FILE, frames[EVENTS - 1]! + 60, 0x01);
    const error = await openError(damaged);
    expect(error).toBeInstanceOf(DamagedLogError);
    expect(error).toMatchObject({ offset: frames[EVENTS - 1] });
  });
});

describe('a log that nobody has written to for a while', () => {
  it('is sealed, so that a crash leaves no doubt about its last group', async () => {
    const idle = new SimulatedDisk();
    const storage = { ...SMALL_STORAGE, idleMilliseconds: 1 };
    const opened = await openStore(idle, { storage });
    await appendEach(opened.client, 's', events(2));
    const [, last] = await collect(opened.client.readStream('s'));
    const byte = offsetOf(Number(last!.event!.position!.commit)) + 10;
    const openedAfterACrash = async () => {
      const left = idle.copy();
      left.crash();
      left.damage(LOG_FILE, byte, 0x01);
      return openError(left);
    };
    await expect.poll(openedAfterACrash, { timeout: 60_000 }).toBeInstanceOf(DamagedLogError);
    await opened.close();
  });
});

interface UnsyncedGroup {
  /** The disk as if everything written had reached it. */
  readonly written: SimulatedDisk;
  /** The disk with those sectors that did. */
  readonly survived: SimulatedDisk;
  readonly groupStart: number;
}

/** A log whose last group, of one append to each of these streams, was written and never synced. */
async function withUnsyncedGroup(seed: number, streams: readonly string[]): Promise<UnsyncedGroup> {
  const unsynced = new SimulatedDisk(seed);
  const opened = await openStore(unsynced);
  await makeRoom(opened.client);
  unsynced.holdSyncs();
  const first = appendOutline(opened.client, 'first', events(1), 'no_stream');
  await unsynced.whenSyncHeld();
  const groupStart = writtenEnd(unsynced);
  const group = streams.map((stream) =>
    appendOutline(opened.client, stream, paddedEvent(), 'no_stream'),
  );
  await allArrived(opened.client);
  unsynced.releaseSyncs();
  unsynced.holdSyncs();
  await unsynced.whenSyncHeld();
  const written = unsynced.copy();
  unsynced.crash();
  expect(await Promise.all([first, ...group])).toEqual([
    'ok 0',
    ...streams.map(() => 'unavailable'),
  ]);
  await opened.close().catch(() => {});
  return { written, survived: unsynced, groupStart };
}

/** Makes an event about as large as a sector of the disk. */
const PADDING_BYTES = 400;
const SEAL_BYTES = 20;

function paddedEvent(bytes = PADDING_BYTES): EventData {
  return jsonEvent({ type: 'T', data: { padding: 'x'.repeat(bytes) } });
}

describe('a group that was written and never synced', () => {
  it('is cut at its first gap, whichever of its sectors reached the disk', async () => {
    const streams = Array.from({ length: 20 }, (_, number) => `s-${number}`);
    for (let seed = 1; seed <= 10; seed += 1) {
      const { survived } = await withUnsyncedGroup(seed, streams);
      await withStore(async ({ client, notices }) => {
        expect(notices).toMatchObject([{ kind: 'tail_cut', looksLike: 'torn_write' }]);
        const [, first, ...rest] = await collect(client.readAll());
        expect(first?.event?.streamId).toBe('first');
        expect(rest.length).toBeLessThan(streams.length);
        expect(await appendOutline(client, 'first', events(1), 0n)).toBe('ok 1');
      }, survived);
    }
  });

  it('never comes back behind what is written in its place', async () => {
    const { written, groupStart } = await withUnsyncedGroup(1, ['a', 'b', 'c']);
    written.damage(LOG_FILE, groupStart + 100, 0x01);
    const opened = await openStore(written);
    // With the seal of the start before it, it ends exactly where the lost group's second append begins.
    const fitting = paddedEvent(PADDING_BYTES - SEAL_BYTES);
    expect(await appendOutline(opened.client, 'a', fitting, 'no_stream')).toBe('ok 0');
    const afterwards = written.copy();
    await opened.close();
    await withStore(async ({ client }) => {
      const all = await collect(client.readAll());
      expect(all.map(({ event }) => event!.streamId)).toEqual(['room', 'first', 'a']);
    }, afterwards);
  });
});

describe('damage in the middle of the log', () => {
  it('is refused, the offset named and nothing changed, whichever bit it is', async () => {
    for (let index = 0; index < EVENTS - 1; index += 1) {
      const start = frames[index]!;
      const length = frames[index + 1]! - start;
      for (let byte = 0; byte < length; byte += index === 2 ? 1 : 13) {
        const damaged = disk.copy();
        damaged.damage(LOG_FILE, start + byte, 1 << (byte % 8));
        const error = await openError(damaged);
        expect(error).toBeInstanceOf(DamagedLogError);
        expect(error).toMatchObject({
          offset: start,
          message: expect.stringContaining(`damaged at byte ${start} of ${LOG_FILE}:`),
        });
      }
    }
  });
});

describe('the head of the log', () => {
  it('is written again where a power cut left a part of it, for no event was accepted yet', async () => {
    for (let size = 0; size < HEADER_BYTES; size += 1) {
      const cut = await truncated(size);
      await withStore(({ client }) => client.appendToStream('s', events(1)), cut);
    }
    const zeros = await truncated(0);
    const file = await zeros.open(LOG_FILE);
    await file.write(Buffer.alloc(HEADER_BYTES), 0);
    await withStore(({ client }) => client.appendToStream('s', events(1)), zeros);
  });

  it('is refused where the file is none of ours, has another version, or was damaged', async () => {
    const foreign = new SimulatedDisk();
    const file = await foreign.open(LOG_FILE);
    await file.write(Buffer.from('{"not":"an event log, but something of somebody else"}'), 0);
    expect(await openError(foreign)).toBeInstanceOf(LogFormatError);

    for (let offset = 0; offset < HEADER_BYTES; offset += 1) {
      const damaged = disk.copy();
      damaged.damage(LOG_FILE, offset, 0x20);
      expect(await openError(damaged)).toBeInstanceOf(LogFormatError);
    }
  });
});
