import { backupLog, type LogBackup } from '../log/backup.js';
import type { LogDirectory } from '../log/log-file.js';
import type { LogNotice } from '../log/log-notice.js';
import { RecentBytes } from '../log/recent-bytes.js';
import type { SegmentedLog } from '../log/segmented-log.js';
import { AppendGroup, frameLengthMax } from './append-group.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { AppendTaker } from './append-taker.js';
import type { EventIndex } from './event-index.js';
import { GroupWriter } from './group-writer.js';
import { loadStreamStates } from './load-stream-states.js';
import { openLog, type OpenedLog } from './open-log.js';
import { RecentEventIds } from './recent-event-ids.js';
import { RecordReader } from './record-reader.js';
import type { StreamStates } from './stream-states.js';

/** Bytes of the log's end that are kept in memory for live subscribers. */
const RECENT_BYTES = 8 * 1_048_576;

/** Bytes after which a group is closed; a single larger append is a group of its own. */
const GROUP_BYTES_MAX = 8 * 1_048_576;

/**
 * Bytes of a segment: small enough that the newest, which has no index file, is read in a fraction of
 * a second, large enough that millions of events are some dozens of files.
 */
const SEGMENT_BYTES = 64 * 1_048_576;

/** Bytes of room that are made ahead at a time. */
const ROOM_BYTES = 4 * 1_048_576;

/** Without an append for so long the log is sealed: a crash then leaves nothing in doubt. */
const IDLE_MILLISECONDS = 100;

/** The log takes no more appends: it was closed, or its disk failed. */
export class LogUnavailableError extends Error {
  override readonly name = 'LogUnavailableError';
}

interface WaitingAppend {
  readonly request: AppendRequest;
  readonly bytesMax: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: LogUnavailableError) => void;
}

/** How the log lies on the disk; specifications make everything small. */
export interface StorageSizes {
  readonly segmentBytes?: number;
  readonly roomBytes?: number;
  readonly recentBytes?: number;
  readonly idleMilliseconds?: number;
}

export interface EventLogOptions {
  readonly directory: LogDirectory;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Called once when the disk fails; nothing is acknowledged from then on. */
  readonly onFailure: (error: LogUnavailableError) => void;
  /** Told what whoever runs the store should know, though it goes on. */
  readonly onNotice: (notice: LogNotice) => void;
  readonly storage?: StorageSizes;
}

/**
 * The durable, totally ordered log. One group of appends at a time is decided, written and synced;
 * those that arrive meanwhile form the next. Only after the sync do a group's events become visible
 * and its appends, repeats and refusals included, get their answers.
 */
export class EventLog {
  readonly index: EventIndex;
  readonly records: RecordReader;
  readonly states: StreamStates;
  readonly #log: SegmentedLog;
  readonly #writer: GroupWriter;
  readonly #options: EventLogOptions;
  readonly #recentEventIds: RecentEventIds;
  readonly #taker: AppendTaker;
  readonly #listeners = new Set<() => void>();
  readonly #waiting: WaitingAppend[] = [];
  #failed = false;
  #isFull = false;
  #isSealWanted = false;
  #idle: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #unavailable: LogUnavailableError | undefined;

  private constructor(
    opened: OpenedLog & {
      readonly records: RecordReader;
      readonly recentBytes: RecentBytes;
      readonly states: StreamStates;
    },
    options: EventLogOptions,
  ) {
    this.index = opened.index;
    this.records = opened.records;
    this.states = opened.states;
    this.#log = opened.log;
    this.#writer = new GroupWriter(opened);
    this.#options = options;
    this.#recentEventIds = new RecentEventIds(this.index);
    this.#taker = new AppendTaker(this.index, this.states, this.#recentEventIds);
  }

  /**
   * Opens the log or creates an empty one.
   *
   * @throws {@link DamagedLogError} where acknowledged events cannot be read
   * @throws {@link LogFormatError} where a file is none of ours or of another version
   */
  static async open(options: EventLogOptions): Promise<EventLog> {
    const {
      segmentBytes = SEGMENT_BYTES,
      roomBytes = ROOM_BYTES,
      recentBytes: recentBytesMax = RECENT_BYTES,
    } = options.storage ?? {};
    const sizes = { segmentBytes, roomBytes };
    const opened = await openLog(options.directory, sizes, options.onNotice);
    try {
      const { index, log } = opened;
      const recentBytes = new RecentBytes(recentBytesMax, log.end);
      const records = new RecordReader(log, index, recentBytes);
      const states = await loadStreamStates(index, records);
      const eventLog = new EventLog({ ...opened, records, recentBytes, states }, options);
      await eventLog.#writer.seal();
      return eventLog;
    } catch (error) {
      await opened.log.close();
      throw error;
    }
  }

  /** Resolves once the outcome is durable; rejects where nobody can say whether it was written. */
  append(request: AppendRequest): Promise<AppendOutcome> {
    if (this.#unavailable !== undefined) return Promise.reject(this.#unavailable);
    const bytesMax = frameLengthMax(request);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, bytesMax, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Calls the listener whenever events have become visible, until the returned function is called. */
  onVisible(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Copies everything durable to an empty folder while appends go on.
   *
   * @throws {@link DamagedLogError} where what would be copied is not what was written
   */
  backup(target: LogDirectory): Promise<LogBackup> {
    const events = this.index.visibleLength;
    const lastPosition = events === 0 ? undefined : this.index.position(events - 1);
    return backupLog(this.#log, target, { events, lastPosition });
  }

  /** Takes nothing more and answers what was taken. */
  async drain(): Promise<void> {
    this.#unavailable ??= new LogUnavailableError('the event store is stopping');
    clearTimeout(this.#idle);
    await this.#running;
  }

  /** Drains and seals the log and closes its files. */
  async close(): Promise<void> {
    await this.drain();
    clearTimeout(this.#idle);
    try {
      if (this.#failed) return;
      await this.#writer.seal();
      await this.#writer.trim();
    } finally {
      await this.#writer.close();
    }
  }

  async #run(): Promise<void> {
    clearTimeout(this.#idle);
    while (this.#waiting.length > 0 || this.#isSealWanted) {
      if (this.#waiting.length > 0) await this.#commit(this.#takeGroup());
      else await this.#sealIdle();
      this.#isSealWanted = false;
    }
    this.#running = undefined;
    this.#waitIdly();
  }

  /** A seal costs a sync, so that nobody waits for it who has something to append. */
  #waitIdly(): void {
    if (this.#unavailable !== undefined) return;
    this.#idle = setTimeout(() => {
      this.#isSealWanted = true;
      this.#running ??= this.#run();
    }, this.#options.storage?.idleMilliseconds ?? IDLE_MILLISECONDS);
    this.#idle.unref();
  }

  async #sealIdle(): Promise<void> {
    try {
      await this.#writer.seal();
    } catch (error) {
      await this.#fail([], error);
    }
  }

  #takeGroup(): readonly WaitingAppend[] {
    let count = 0;
    let bytes = 0;
    for (const append of this.#waiting) {
      bytes += append.bytesMax;
      if (count > 0 && bytes > GROUP_BYTES_MAX) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(appends: readonly WaitingAppend[]): Promise<void> {
    const bytesMax = appends.reduce((sum, append) => sum + append.bytesMax, 0);
    try {
      if ((await this.#writer.makeRoom(bytesMax, () => this.#publish())) === 'disk_full') {
        this.#refuseFull(appends, 'nothing of it was written');
        return;
      }
      const group = new AppendGroup(this.index, this.#recentEventIds, {
        ...this.#writer.place,
        bytesMax,
      });
      const now = this.#options.now();
      const outcomes = appends.map(({ request }) => this.#taker.take(request, group, now));
      if ((await this.#writer.write(group.bytes)) === 'disk_full') {
        this.#refuseFull(appends, 'it is written as soon as there is room');
        return;
      }
      this.#isFull = false;
      this.#publish();
      for (const [index, append] of appends.entries()) {
        const outcome = outcomes[index];
        if (outcome !== undefined) append.resolve(outcome);
      }
    } catch (error) {
      await this.#fail(appends, error);
    }
  }

  /** Everything written so far is durable: shows it to readers and wakes subscribers. */
  #publish(): void {
    this.index.makeVisible();
    this.states.makeVisible();
    for (const listener of this.#listeners) listener();
  }

  /** A full disk refuses and forgets; the next append tries again. */
  #refuseFull(appends: readonly WaitingAppend[], whatOfIt: string): void {
    const message = `the disk is full and the append is refused; ${whatOfIt}. Make room on the disk.`;
    const error = new LogUnavailableError(message);
    for (const append of appends) append.reject(error);
    if (this.#isFull) return;
    this.#isFull = true;
    this.#options.onNotice({
      kind: 'disk_full',
      file: this.#log.live.segment.name,
      message: 'The disk is full: the event store refuses appends until there is room.',
    });
  }

  /**
   * After a failed write or sync nobody knows what the disk holds, and a later sync may succeed
   * without having written it. So nothing is retried or acknowledged any more, and what was not
   * acknowledged is cut, lest the next start take it from the system's cache for durable.
   */
  async #fail(appends: readonly WaitingAppend[], cause: unknown): Promise<void> {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new LogUnavailableError(
      `the event store failed and nothing is accepted any more: ${reason}. ` +
        'Check the disk, then start again.',
      { cause },
    );
    this.#failed = true;
    this.#unavailable = error;
    for (const append of [...appends, ...this.#waiting.splice(0)]) append.reject(error);
    try {
      await this.#writer.trim();
    } catch {
      // The disk is gone altogether; opening the log again will judge what it finds.
    }
    this.#options.onFailure(error);
  }
}
