import { readFully, type LogFile } from '../log/log-file.js';
import type { RecentBytes } from '../log/recent-bytes.js';
import type { EventIndex } from './event-index.js';

/** Events further apart than this on the disk are read separately. */
const GAP_BYTES_MAX = 4_096;

/** Bytes of one read from the disk, unless a single event is larger. */
const READ_BYTES_MAX = 1_048_576;

/** Fetches events' bytes: from memory where they are recent, else from the disk in large pieces. */
export class RecordReader {
  readonly #file: LogFile;
  readonly #index: EventIndex;
  readonly #recentBytes: RecentBytes;

  constructor(file: LogFile, index: EventIndex, recentBytes: RecentBytes) {
    this.#file = file;
    this.#index = index;
    this.#recentBytes = recentBytes;
  }

  /** The bytes of these events, in the order asked for. */
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
    let end = start;
    let next = from;
    while (next < sequences.length) {
      const sequence = sequences[next] ?? 0;
      const position = this.#index.position(sequence);
      const recordEnd = position + this.#index.recordLength(sequence);
      const isFar = position - end > GAP_BYTES_MAX || recordEnd - start > READ_BYTES_MAX;
      if (next > from && isFar) break;
      end = recordEnd;
      next += 1;
    }
    const bytes = await readFully(this.#file, start, end - start);
    if (bytes.length < end - start) {
      throw new Error(`the event log ends at byte ${start + bytes.length}, expected ${end}`);
    }
    for (const sequence of sequences.slice(from, next)) {
      const at = this.#index.position(sequence) - start;
      records.set(sequence, bytes.subarray(at, at + this.#index.recordLength(sequence)));
    }
    return next;
  }
}
