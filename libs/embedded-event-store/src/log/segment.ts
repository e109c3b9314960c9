import { crc32 } from 'node:zlib';
import { DamagedLogError } from './log-errors.js';
import { readFully, readInto, type LogFile } from './log-file.js';
import { decodeSegmentFooter, SEGMENT_FOOTER_BYTES, type SegmentFooter } from './segment-footer.js';
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from './segment-header.js';
import { segmentFileName } from './segment-name.js';

/** Bytes read from the disk at a time where a whole segment is read. */
export const CHUNK_BYTES = 4 * 1_048_576;

/**
 * One file of the log. A *position* is a place in the log as a whole, which counts the bytes of
 * frames and neither headers nor footers; an *offset* is a byte of one file.
 */
export class Segment {
  readonly name: string;
  readonly base: number;
  readonly salt: number;
  readonly #headerBytes: number;

  constructor(
    readonly file: LogFile,
    header: SegmentHeader,
    { name = segmentFileName(header.base), headerBytes = SEGMENT_HEADER_BYTES } = {},
  ) {
    this.name = name;
    this.base = header.base;
    this.salt = header.salt;
    this.#headerBytes = headerBytes;
  }

  /** The byte of the file at which a position lies. */
  offset(position: number): number {
    return this.#headerBytes + position - this.base;
  }

  /** The position behind the last byte of the file. */
  async fileEnd(): Promise<number> {
    const size = await this.file.size();
    return this.base + Math.max(0, size - this.#headerBytes);
  }

  /** The bytes from a position on; fewer only where the file ends. */
  read(position: number, length: number): Promise<Buffer> {
    return readFully(this.file, this.offset(position), length);
  }

  /** The footer that stands at this position, if one does. */
  async footerAt(position: number): Promise<SegmentFooter | undefined> {
    const footer = decodeSegmentFooter(await this.read(position, SEGMENT_FOOTER_BYTES), this);
    return footer?.end === position ? footer : undefined;
  }

  /**
   * Reads everything between two positions, a chunk ahead of `use`, and tells its CRC-32. A chunk is
   * only good until `use` has resolved: two buffers serve all of them.
   */
  async checksum(
    start: number,
    end: number,
    use: (chunk: Buffer) => Promise<void> = ignore,
  ): Promise<number> {
    const bytes = Math.min(CHUNK_BYTES, end - start);
    let [current, ahead] = [Buffer.allocUnsafe(bytes), Buffer.allocUnsafe(bytes)];
    let checksum = 0;
    let position = start;
    let next = this.#fill(current, position, end);
    while (position < end) {
      const chunk = await next;
      if (chunk.length === 0) throw this.damage(position, 'the file ends here');
      position += chunk.length;
      [current, ahead] = [ahead, current];
      next = this.#fill(current, position, end);
      checksum = crc32(chunk, checksum);
      await use(chunk);
    }
    await next;
    return checksum;
  }

  damage(position: number, reason: string): DamagedLogError {
    return new DamagedLogError(this.name, this.offset(position), reason);
  }

  /** Reads into the buffer what stands at a position, up to the end. */
  async #fill(buffer: Buffer, position: number, end: number): Promise<Buffer> {
    const into = buffer.subarray(0, Math.min(buffer.length, end - position));
    return readInto(this.file, this.offset(position), into);
  }
}

async function ignore(): Promise<void> {}
