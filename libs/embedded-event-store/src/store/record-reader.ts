import { crc32 } from 'node:zlib';
import type { RecentBytes } from '../log/recent-bytes.js';
import type { SegmentedLog } from '../log/segmented-log.js';
import type { EventIndex } from './event-index.js';

/** Events further apart than this on the disk are read separately. */
const GAP_BYTES_MAX = 4_096;

/** Bytes of one read from the disk, unless a single event is larger. */
const READ_BYTES_MAX = 1_048_576;

/**
 * Fetches events' bytes: from memory where they are recent, else from the disk in large pieces. What
 * comes from the disk is held against the checksum the index knows, so that no event is ever returned
 * that is not the one that was written.
 */
export class RecordReader {
  readonly #log: SegmentedLog;
  readonly #index: EventIndex;
  readonly #recentBytes: RecentBytes;

  constructor(log: SegmentedLog, index: EventIndex, recentBytes: RecentBytes) {
    this.#log = log;
    this.#index = index;
    this.#recentBytes = recentBytes;
  }

  /**
   * The bytes of these events, in the order asked for.
   *
   * @throws {@link DamagedLogError} where the disk has changed one of them
   */
  async read(sequences: readonly number[]): Promise<readonly Buffer[]> {
    const records = new Map<number, Buffer>();
    const onDisk: number[] = [];
    for (const sequence of sequences) {
      const position = this.#index.position(sequence);
      const recent = this.#recentBytes.read(position, this.#index.recordLength(sequence));
      if (recent === undefined) onDisk.push(sequence);
      else records.set(sequence, recent);
    }
    onDisk.sort((left, right) => left - right);
    for (let from = 0; from < onDisk.length;) from = await this.#readRun(onDisk, from, records);
    return sequences.map((sequence) => {
      const record = records.get(sequence);
      if (record === undefined) throw new Error(`event ${sequence} was not read`);
      return record;
    });
  }

  /** Reads neighbours with one read and tells where the next run begins. */
  async #readRun(
    sequences: readonly number[],
    from: number,
    records: Map<number, Buffer>,
  ): Promise<number> {
    const start = this.#index.position(sequences[from] ?? 0);
    const segment = this.#log.segmentAt(start);
    let end = start;
    let next = from;
    while (next < sequences.length) {
      const sequence = sequences[next] ?? 0;
      const position = this.#index.position(sequence);
      const recordEnd = position + this.#index.recordLength(sequence);
      const isFar =
        position - end > GAP_BYTES_MAX ||
        recordEnd - start > READ_BYTES_MAX ||
        this.#log.segmentAt(position) !== segment;
      if (next > from && isFar) break;
      end = recordEnd;
      next += 1;
    }
    const bytes = await segment.read(start, end - start);
    if (bytes.length < end - start)
      throw segment.damage(start + bytes.length, 'the file ends here');
    for (const sequence of sequences.slice(from, next)) {
      const position = this.#index.position(sequence);
      const at = position - start;
      const record = bytes.subarray(at, at + this.#index.recordLength(sequence));
      if (crc32(record) !== this.#index.recordChecksum(sequence)) {
        throw segment.damage(position, 'the event there is not the one that was written');
      }
      records.set(sequence, record);
    }
    return next;
  }
}
