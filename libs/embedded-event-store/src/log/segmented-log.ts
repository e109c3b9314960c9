import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeSeal } from './frame.js';
import { isDiskFull, writeFully, type LogDirectory } from './log-file.js';
import type { FoundLog, FullSegment } from './recovery.js';
import { Segment } from './segment.js';
import { encodeSegmentFooter } from './segment-footer.js';
import { writeSegmentHeader } from './segment-header.js';
import { LOG_START, segmentFileName } from './segment-name.js';

export interface SegmentSizes {
  /** Bytes of frames after which the next group goes to a new segment. */
  readonly segmentBytes: number;
  /** Bytes of zeros that are made durable ahead, so that a group's sync changes no file's size. */
  readonly roomBytes: number;
}

/** The disk had no room for frames that were already decided upon. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
}

/** The log as files: where groups are written, and where everything is read. */
export class SegmentedLog {
  readonly #directory: LogDirectory;
  readonly #sizes: SegmentSizes;
  readonly #full: FullSegment[];
  #live: Segment;
  #end: number;
  #checksum: number;
  /** Up to this position of the live segment the disk has room for certain. */
  #roomEnd: number;

  private constructor(
    directory: LogDirectory,
    sizes: SegmentSizes,
    full: readonly FullSegment[],
    live: { readonly segment: Segment; readonly end: number; readonly checksum: number },
  ) {
    this.#directory = directory;
    this.#sizes = sizes;
    this.#full = [...full];
    this.#live = live.segment;
    this.#end = live.end;
    this.#checksum = live.checksum;
    this.#roomEnd = live.end;
  }

  /**
   * Makes a log that was found ready for appends: cuts its torn tail and ends what a crash
   * interrupted. What stays is durable when this resolves: a process that died may have left bytes
   * that were written and never synced, and whoever reads them now must find them tomorrow.
   */
  static async prepare(
    directory: LogDirectory,
    sizes: SegmentSizes,
    found: FoundLog,
  ): Promise<SegmentedLog> {
    const { unclosed, unborn } = found;
    if (unborn !== undefined) {
      await directory.remove(unborn);
      await directory.sync();
    }
    const full = unclosed === undefined ? found.full : [...found.full, unclosed];
    if (unclosed !== undefined) await closeSegment(unclosed);
    const live = found.live ?? (await createLog(directory));
    if (found.cut !== undefined) {
      await live.segment.file.truncate(live.segment.offset(live.end));
    }
    await live.segment.file.sync();
    return new SegmentedLog(directory, sizes, full, live);
  }

  /** The position behind the last durable frame. */
  get end(): number {
    return this.#end;
  }

  /** The salt of the frames that are written next. */
  get salt(): number {
    return this.#live.salt;
  }

  get full(): readonly FullSegment[] {
    return this.#full;
  }

  /** The newest segment and what of it is durable. */
  get live(): FullSegment {
    return { segment: this.#live, footer: { end: this.#end, checksum: this.#checksum } };
  }

  /**
   * Makes sure that a group of so many bytes will find room, in a new segment where this one is full.
   * Where the disk is full everything stays as it was.
   */
  async makeRoom(bytes: number): Promise<'made' | 'disk_full'> {
    try {
      if (this.#end - this.#live.base >= this.#sizes.segmentBytes) await this.#rollOver();
      if (this.#end + bytes > this.#roomEnd) await this.#extendRoom(bytes);
      return 'made';
    } catch (error) {
      if (isDiskFull(error)) return 'disk_full';
      throw error;
    }
  }

  /**
   * Writes frames at the end; they are durable when this resolves.
   *
   * @throws {@link DiskFullError} where the disk took not all of them, though room was made: one that
   * writes elsewhere what is written again. The same frames may be written once more.
   */
  async append(bytes: Buffer): Promise<void> {
    try {
      await writeFully(this.#live.file, bytes, this.#live.offset(this.#end));
    } catch (error) {
      throw isDiskFull(error) ? new DiskFullError('the disk is full', { cause: error }) : error;
    }
    await this.#live.file.sync();
    this.#checksum = crc32(bytes, this.#checksum);
    this.#end += bytes.length;
  }

  /** Marks everything before as durable, so that damage there is never taken for a torn tail. */
  async seal(): Promise<Buffer> {
    const seal = encodeSeal(this.#end, this.#live.salt);
    await this.append(seal);
    return seal;
  }

  /** The segment in which a position lies. */
  segmentAt(position: number): Segment {
    if (position >= this.#live.base) return this.#live;
    let low = 0;
    let high = this.#full.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#full[middle]?.footer.end ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return this.#full[low]?.segment ?? this.#live;
  }

  /** Cuts what was written behind the end, and the room that was made there. */
  async trim(): Promise<void> {
    await this.#live.file.truncate(this.#live.offset(this.#end));
    this.#roomEnd = this.#end;
  }

  async close(): Promise<void> {
    const segments = [...this.#full.map(({ segment }) => segment), this.#live];
    await Promise.all(segments.map(({ file }) => file.close()));
  }

  /**
   * The new segment is durable before the old one is closed, and takes its first group after that: a
   * footer without a next file is a lost file, a file without frames an interrupted step.
   */
  async #rollOver(): Promise<void> {
    const header = { base: this.#end, salt: randomInt(0x1_0000_0000) };
    const file = await this.#directory.open(segmentFileName(header.base));
    try {
      await writeSegmentHeader(file, header);
      await this.#directory.sync();
      await closeSegment(this.live);
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#full.push(this.live);
    this.#live = new Segment(file, header);
    this.#checksum = 0;
    this.#roomEnd = this.#end;
  }

  /** Makes as much room ahead as is usual, or where the disk has not so much, as is needed. */
  async #extendRoom(bytes: number): Promise<void> {
    const needed = this.#end + bytes;
    const usual = Math.max(needed, this.#roomEnd + this.#sizes.roomBytes);
    try {
      await this.#fillRoom(usual);
    } catch (error) {
      if (!isDiskFull(error) || usual === needed) throw error;
      await this.#fillRoom(needed);
    }
  }

  async #fillRoom(end: number): Promise<void> {
    const { file } = this.#live;
    const from = this.#live.offset(Math.max(this.#roomEnd, this.#end));
    try {
      await writeFully(file, Buffer.alloc(this.#live.offset(end) - from), from);
    } catch (error) {
      await file.truncate(from);
      throw error;
    }
    await file.sync();
    this.#roomEnd = end;
  }
}

/** Cuts the room that was made ahead and writes the footer. */
async function closeSegment({ segment, footer }: FullSegment): Promise<void> {
  const at = segment.offset(footer.end);
  await segment.file.truncate(at);
  await writeFully(segment.file, encodeSegmentFooter(footer, segment), at);
  await segment.file.sync();
}

async function createLog(
  directory: LogDirectory,
): Promise<{ readonly segment: Segment; readonly end: number; readonly checksum: number }> {
  const header = { base: LOG_START, salt: randomInt(0x1_0000_0000) };
  const file = await directory.open(segmentFileName(LOG_START));
  await writeSegmentHeader(file, header);
  await directory.sync();
  return { segment: new Segment(file, header), end: LOG_START, checksum: 0 };
}
