import { DamagedLogError, EventLog, LogFormatError, type LogNotice } from '#embedded-event-store';
import { expect } from 'vitest';
import { DiskCrashedError, DiskFullError, SimulatedDisk } from '../../doubles/simulated-disk.js';
import { Random } from '../../fixtures/random.js';

/** An event as it was sent. */
export interface SentEvent {
  readonly id: string;
  /** Stands in the event's bytes. */
  readonly content: string;
}

interface SentAppend {
  readonly events: readonly SentEvent[];
  isAcknowledged: boolean;
}

interface Opened {
  readonly log: EventLog;
  readonly notices: readonly LogNotice[];
  readonly hasFailed: () => boolean;
}

const FAULTS = ['crash', 'sync', 'write', 'full', 'full_at_write', 'none'] as const;

/** Segments hold a few appends, so that a life rolls over often, and little is read from memory. */
const STORAGE = {
  segmentBytes: 1_500,
  roomBytes: 700,
  recentBytes: 512,
  idleMilliseconds: 3_600_000,
};

/** One ledger on one disk, over several starts, each of which may meet a fault of the disk. */
export class FaultLife {
  readonly disk: SimulatedDisk;
  readonly #random: Random;
  readonly #appends: SentAppend[] = [];
  /** Everything that was ever visible, in the order of the log. */
  #shown: readonly string[];
  readonly #contents = new Map<string, string>();

  constructor(seed: number, disk = new SimulatedDisk(seed), before: readonly SentEvent[] = []) {
    this.#random = new Random(seed);
    this.disk = disk;
    this.#shown = before.map(({ id }) => id);
    for (const { id, content } of before) this.#contents.set(id, content);
  }

  /** Starts, appends, meets a fault, and finds everything again. */
  async live(): Promise<void> {
    const fault = this.#random.pick(FAULTS);
    if (this.#random.chance(0.3)) this.disk.writeShort();
    if (fault === 'crash') this.disk.crashAtOperation(this.#random.between(1, 60));
    const opened = await this.#open();
    if (opened !== undefined) {
      const batches = this.#random.between(1, 8);
      const faultAt = this.#random.between(0, batches);
      for (let batch = 0; batch < batches; batch += 1) {
        if (batch === faultAt) this.#meet(fault);
        await this.#append(opened);
        if (this.#random.chance(0.15)) await this.#backUp(opened);
      }
      await this.#makeRoomAgain(opened, fault);
      this.#see(opened.log);
      if (this.#random.chance(0.5)) this.disk.crash();
      await opened.log.close().catch(ignoreDiskFault);
    }
    this.disk.crash();
    this.disk.unlimitRoom();
    this.disk.failWrites(0);
    this.disk.failSyncs(0);
    await this.#expectEverything();
  }

  /** Changes one bit anywhere: nothing wrong is ever read, and what is refused is named. */
  async decay(): Promise<void> {
    const names = this.disk.names.filter((name) => this.disk.contents(name).length > 0);
    const file = this.#random.pick(names);
    const offset = this.#random.between(0, this.disk.contents(file).length - 1);
    const mask = 1 << this.#random.between(0, 7);
    await this.#expectNoWrongEventBehindItsBack(file, offset, mask);
    const decayed = this.disk.copy();
    decayed.damage(file, offset, mask);
    try {
      const { log, notices } = await open(decayed);
      const ids = await this.#readable(log);
      expect(ids).toEqual(this.#shown.slice(0, ids.length));
      const isReported = notices.some(({ kind }) => kind === 'tail_cut');
      if (!isReported) expect(ids.length).toBe(this.#shown.length);
      await log.close();
    } catch (error) {
      expect(error instanceof DamagedLogError || error instanceof LogFormatError).toBe(true);
      expect((error as Error).message).toMatch(/damaged at byte \d+ of events-|^events-\d+\.log/);
      expect(file).toMatch(/\.log$/);
    }
  }

  /** A disk that decays under an open log fails the read of what it changed, and no other. */
  async #expectNoWrongEventBehindItsBack(
    file: string,
    offset: number,
    mask: number,
  ): Promise<void> {
    const decaying = this.disk.copy();
    const { log } = await open(decaying);
    if (decaying.contents(file).length > offset) decaying.damage(file, offset, mask);
    let refused = 0;
    for (let sequence = 0; sequence < log.index.visibleLength; sequence += 1) {
      try {
        this.#expectWritten(log, sequence, (await log.records.read([sequence]))[0]);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedLogError);
        expect(error).toMatchObject({ file });
        refused += 1;
      }
    }
    expect(refused).toBeLessThanOrEqual(1);
    decaying.crash();
    await log.close().catch(ignoreDiskFault);
  }

  async #open(): Promise<Opened | undefined> {
    try {
      const opened = await open(this.disk);
      this.#see(opened.log);
      return opened;
    } catch (error) {
      ignoreDiskFault(error);
      return undefined;
    }
  }

  #meet(fault: (typeof FAULTS)[number]): void {
    if (fault === 'sync') this.disk.failSyncs(1);
    if (fault === 'write') this.disk.failWrites(1);
    if (fault === 'full') this.disk.limitRoom(this.#random.between(0, 900));
    if (fault === 'full_at_write') this.disk.failWrites(1, new DiskFullError());
  }

  /** Several appends at once, some of them to the same stream. */
  async #append(opened: Opened): Promise<void> {
    const count = this.#random.between(1, 5);
    await Promise.all(Array.from({ length: count }, () => this.#appendOne(opened)));
    this.#see(opened.log);
  }

  async #appendOne({ log, hasFailed }: Opened): Promise<boolean> {
    const events = Array.from({ length: this.#random.between(1, 3) }, () => this.#newEvent());
    const sent: SentAppend = { events, isAcknowledged: false };
    this.#appends.push(sent);
    const hadFailed = hasFailed();
    try {
      const { outcome } = await log.append({
        stream: `s-${this.#random.between(0, 4)}`,
        expectedRevision: 'any',
        events: events.map(({ id, content }) => ({
          id: Buffer.from(id, 'hex'),
          type: 'T',
          contentType: 'application/json',
          metadata: Buffer.alloc(0),
          data: Buffer.from(content),
        })),
      });
      expect(outcome).toBe('appended');
      expect(hadFailed, 'acknowledged after the disk failed').toBe(false);
      const shown = new Set(visibleIds(log));
      expect(events.every(({ id }) => shown.has(id))).toBe(true);
      sent.isAcknowledged = true;
    } catch (error) {
      expect(error).toMatchObject({ name: 'LogUnavailableError' });
    }
    return sent.isAcknowledged;
  }

  #newEvent(): SentEvent {
    const id = Array.from({ length: 4 }, () =>
      this.#random.between(0, 0xffff_ffff).toString(16).padStart(8, '0'),
    ).join('');
    const padding = 'x'.repeat(this.#random.between(0, 200));
    const content = `{"content":"${id}","padding":"${padding}"}`;
    this.#contents.set(id, content);
    return { id, content };
  }

  /** A disk that was full and has room again takes appends without a new start. */
  async #makeRoomAgain(opened: Opened, fault: (typeof FAULTS)[number]): Promise<void> {
    this.disk.unlimitRoom();
    if (fault !== 'full' && fault !== 'full_at_write') return;
    expect(opened.hasFailed()).toBe(false);
    this.disk.failWrites(0);
    expect(await this.#appendOne(opened), 'refused although there is room').toBe(true);
  }

  /** A backup beside appends is a prefix; one that was cut short is whole or does not pass for a store. */
  async #backUp(opened: Opened): Promise<void> {
    const target = new SimulatedDisk(this.#random.between(1, 1_000_000));
    if (this.#random.chance(0.5)) target.crashAtOperation(this.#random.between(1, 25));
    const shownBefore = opened.log.index.visibleLength;
    const backup = opened.log.backup(target).catch((error: unknown) => {
      ignoreDiskFault(error);
      return undefined;
    });
    await this.#append(opened);
    const taken = await backup;
    target.crash();
    const copied = await this.#copied(target);
    if (taken !== undefined) expect(copied).toHaveLength(taken.events);
    if (copied === undefined) return;
    this.#see(opened.log);
    expect(copied.length).toBeGreaterThanOrEqual(shownBefore);
    expect(copied).toEqual(this.#shown.slice(0, copied.length));
  }

  /** What a backup holds, unless it was cut short and is refused or has left nothing. */
  async #copied(target: SimulatedDisk): Promise<readonly string[] | undefined> {
    if (target.names.length === 0) return undefined;
    try {
      const { log, notices } = await open(target);
      expect(notices).toEqual([]);
      const ids = await this.#readable(log);
      await log.close();
      return ids;
    } catch (error) {
      if (error instanceof LogFormatError) return undefined;
      throw error;
    }
  }

  /** What was shown once is shown for ever, in the same order. */
  #see(log: EventLog): void {
    const ids = visibleIds(log);
    const common = Math.min(ids.length, this.#shown.length);
    expect(ids.slice(0, common)).toEqual(this.#shown.slice(0, common));
    if (ids.length > this.#shown.length) this.#shown = ids;
  }

  /** With the power on and a sound disk: all that was shown, each append whole or not at all. */
  async #expectEverything(): Promise<void> {
    const { log } = await open(this.disk);
    const ids = await this.#readable(log);
    expect(new Set(ids).size, 'an event is there twice').toBe(ids.length);
    this.#see(log);
    expect(ids.length, 'an event that was shown is gone').toBe(this.#shown.length);
    for (const { events, isAcknowledged } of this.#appends) {
      const first = ids.indexOf(events[0]!.id);
      const expected = first >= 0 || isAcknowledged ? events.map(({ id }) => id) : [];
      const found = first >= 0 ? ids.slice(first, first + events.length) : [];
      expect(found, 'an append is gone or there in parts').toEqual(expected);
    }
    await log.close();
  }

  async #readable(log: EventLog): Promise<readonly string[]> {
    const ids = visibleIds(log);
    const records = await log.records.read([...ids.keys()]);
    for (const sequence of ids.keys()) this.#expectWritten(log, sequence, records[sequence]);
    return ids;
  }

  #expectWritten(log: EventLog, sequence: number, record: Buffer | undefined): void {
    const id = idOf(log, sequence);
    expect(record?.includes(this.#contents.get(id) ?? 'never sent')).toBe(true);
  }
}

async function open(disk: SimulatedDisk): Promise<Opened> {
  const notices: LogNotice[] = [];
  let failed = false;
  const log = await EventLog.open({
    directory: disk,
    now: () => 1_700_000_000_000,
    onFailure: () => (failed = true),
    onNotice: (notice) => notices.push(notice),
    storage: STORAGE,
  });
  return { log, notices, hasFailed: () => failed };
}

function idOf(log: EventLog, sequence: number): string {
  const id = Buffer.alloc(16);
  log.index.copyId(sequence, id, 0);
  return id.toString('hex');
}

function visibleIds(log: EventLog): readonly string[] {
  return Array.from({ length: log.index.visibleLength }, (_, sequence) => idOf(log, sequence));
}

/** A start, a stop or a backup may meet the fault. */
function ignoreDiskFault(error: unknown): void {
  const isFault = error instanceof DiskCrashedError || error instanceof DiskFullError;
  const cause = error instanceof Error ? error.cause : undefined;
  if (!isFault && !(cause instanceof DiskCrashedError)) throw error;
}
