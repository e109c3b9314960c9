import { FRAME_HEADER_BYTES, writeFrameHeader } from '../log/frame.js';
import { writeFully, type LogDirectory, type LogFile } from '../log/log-file.js';
import { LOG_HEADER_BYTES, openHeader } from '../log/log-header.js';
import { RecentBytes } from '../log/recent-bytes.js';
import { recoverLog } from '../log/recovery.js';
import { AppendGroup, frameLengthMax } from './append-group.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import { AppendTaker } from './append-taker.js';
import { EventIndex } from './event-index.js';
import { loadStreamStates } from './load-stream-states.js';
import { RecentEventIds } from './recent-event-ids.js';
import { RecordReader } from './record-reader.js';
import { indexFrame } from './index-rebuild.js';
import type { StreamStates } from './stream-states.js';

const LOG_FILE_NAME = 'events.log';

/** Bytes of the log's end that are kept in memory for live subscribers. */
const RECENT_BYTES = 8 * 1_048_576;

/** Bytes after which a group is closed; a single larger append is a group of its own. */
const GROUP_BYTES_MAX = 8 * 1_048_576;

/** The log takes no more appends: it was closed, or its disk failed. */
export class LogUnavailableError extends Error {
  override readonly name = 'LogUnavailableError';
}

interface RecoveredLog {
  readonly index: EventIndex;
  readonly end: number;
  readonly salt: number;
  readonly isSealed: boolean;
  readonly recentBytes: RecentBytes;
  readonly records: RecordReader;
  readonly states: StreamStates;
}

async function recover(file: LogFile, directory: LogDirectory): Promise<RecoveredLog> {
  const { salt } = await openHeader(file, directory);
  const index = new EventIndex();
  let isSealed = true;
  const end = await recoverLog(file, LOG_HEADER_BYTES, salt, (frame) => {
    isSealed = frame.kind === 'seal';
    indexFrame(index, frame);
  });
  index.makeVisible();
  const recentBytes = new RecentBytes(RECENT_BYTES, end);
  const records = new RecordReader(file, index, recentBytes);
  const states = await loadStreamStates(index, records);
  return { index, end, salt, isSealed, recentBytes, records, states };
}

interface WaitingAppend {
  readonly request: AppendRequest;
  readonly bytesMax: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: LogUnavailableError) => void;
}

export interface EventLogOptions {
  readonly directory: LogDirectory;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Called once when the disk fails; nothing is acknowledged from then on. */
  readonly onFailure: (error: LogUnavailableError) => void;
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
  readonly #file: LogFile;
  readonly #salt: number;
  readonly #options: EventLogOptions;
  readonly #recentBytes: RecentBytes;
  readonly #recentEventIds: RecentEventIds;
  readonly #taker: AppendTaker;
  readonly #listeners = new Set<() => void>();
  readonly #waiting: WaitingAppend[] = [];
  #end: number;
  #isSealed: boolean;
  #failed = false;
  #running: Promise<void> | undefined;
  #unavailable: LogUnavailableError | undefined;

  private constructor(file: LogFile, recovered: RecoveredLog, options: EventLogOptions) {
    const { index, end, states } = recovered;
    this.#file = file;
    this.index = index;
    this.#end = end;
    this.#salt = recovered.salt;
    this.#isSealed = recovered.isSealed;
    this.#options = options;
    this.#recentBytes = recovered.recentBytes;
    this.#recentEventIds = new RecentEventIds(index);
    this.states = states;
    this.#taker = new AppendTaker(index, states, this.#recentEventIds);
    this.records = recovered.records;
  }

  /**
   * Opens the log or creates an empty one.
   *
   * @throws {@link DamagedLogError} where acknowledged events cannot be read
   * @throws {@link LogFormatError} where the file is none of ours or of another version
   */
  static async open(options: EventLogOptions): Promise<EventLog> {
    const file = await options.directory.open(LOG_FILE_NAME);
    try {
      const log = new EventLog(file, await recover(file, options.directory), options);
      await log.#seal();
      return log;
    } catch (error) {
      await file.close();
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

  /** Takes nothing more and answers what was taken. */
  async drain(): Promise<void> {
    this.#unavailable ??= new LogUnavailableError('the event store is stopping');
    await this.#running;
  }

  /** Drains and seals the log and closes its file. */
  async close(): Promise<void> {
    await this.drain();
    if (!this.#failed) await this.#seal();
    await this.#file.close();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#takeGroup());
    this.#running = undefined;
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
    const log = { end: this.#end, salt: this.#salt, bytesMax };
    const group = new AppendGroup(this.index, this.#recentEventIds, log);
    let outcomes: readonly AppendOutcome[];
    try {
      const now = this.#options.now();
      outcomes = appends.map(({ request }) => this.#taker.take(request, group, now));
      await this.#makeDurable(group.bytes);
    } catch (error) {
      await this.#fail(appends, error);
      return;
    }
    this.index.makeVisible();
    this.states.makeVisible();
    for (const [index, append] of appends.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) append.resolve(outcome);
    }
    for (const listener of this.#listeners) listener();
  }

  async #makeDurable(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    await writeFully(this.#file, bytes, this.#end);
    await this.#file.sync();
    this.#recentBytes.add(bytes);
    this.#end += bytes.length;
    this.#isSealed = false;
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
      await this.#file.truncate(this.#end);
    } catch {
      // The disk is gone altogether; opening the log again will judge what it finds.
    }
    this.#options.onFailure(error);
  }

  /** Marks everything before as durable, so that damage there is never taken for a torn tail. */
  async #seal(): Promise<void> {
    if (this.#isSealed) return;
    const seal = Buffer.alloc(FRAME_HEADER_BYTES);
    const header = { kind: 'seal', groupStart: this.#end, payloadLength: 0 } as const;
    writeFrameHeader(seal, 0, header, this.#salt);
    await this.#makeDurable(seal);
    this.#isSealed = true;
  }
}
