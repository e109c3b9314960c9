import { DamagedLogError } from './log-errors.js';
import { readFully, type LogFile } from './log-file.js';
import {
  FRAME_HEADER_BYTES,
  FRAME_MARKER,
  isFrameIntact,
  readFrameHeader,
  type FrameHeader,
} from './frame.js';

/** Bytes read from the disk at a time while a log is opened. */
const CHUNK_BYTES = 4 * 1_048_576;

/** A frame of the log whose checksum held. */
export interface Frame extends FrameHeader {
  /** The byte of the log at which the frame begins. */
  readonly offset: number;
  readonly payload: Buffer;
}

/** Reads a log from front to back, a large chunk at a time. */
class LogScan {
  readonly #file: LogFile;
  readonly #salt: number;
  readonly size: number;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkOffset = 0;

  constructor(file: LogFile, size: number, salt: number) {
    this.#file = file;
    this.size = size;
    this.#salt = salt;
  }

  /** The intact frame that begins at this byte, if there is one. */
  async frameAt(offset: number): Promise<Frame | undefined> {
    const header = readFrameHeader(await this.#bytesAt(offset, FRAME_HEADER_BYTES));
    if (header === undefined) return undefined;
    const length = FRAME_HEADER_BYTES + header.payloadLength;
    if (offset + length > this.size) return undefined;
    const frame = await this.#bytesAt(offset, length);
    if (frame.length < length || !isFrameIntact(frame, this.#salt)) return undefined;
    return { ...header, offset, payload: frame.subarray(FRAME_HEADER_BYTES) };
  }

  /** The next byte at or after this one at which a frame might begin. */
  async markerFrom(offset: number): Promise<number | undefined> {
    let from = offset;
    while (from + FRAME_HEADER_BYTES <= this.size) {
      await this.#bytesAt(from, FRAME_HEADER_BYTES);
      const found = this.#chunk.indexOf(FRAME_MARKER, from - this.#chunkOffset);
      if (found >= 0) return this.#chunkOffset + found;
      // A marker may lie across the chunk's end.
      from = this.#chunkOffset + this.#chunk.length - FRAME_MARKER.length + 1;
    }
    return undefined;
  }

  async #bytesAt(offset: number, length: number): Promise<Buffer> {
    const end = this.#chunkOffset + this.#chunk.length;
    if (offset < this.#chunkOffset || offset + length > end) {
      this.#chunk = await readFully(this.#file, offset, Math.max(length, CHUNK_BYTES));
      this.#chunkOffset = offset;
    }
    const start = offset - this.#chunkOffset;
    return this.#chunk.subarray(start, start + length);
  }
}

/**
 * Hands every frame of the log to `apply`, in order, cuts a torn tail, and resolves to the byte at
 * which the log ends. What stays is durable when this resolves: a process that died may have left
 * bytes that were written and never synced, and whoever reads them now must find them tomorrow.
 *
 * The frames of one group are written together and synced once, and a disk may keep any part of
 * them. So an unreadable frame is a torn tail exactly when no frame behind it says that the log was
 * durable beyond that point. Otherwise acknowledged events are lost: {@link DamagedLogError}.
 */
export async function recoverLog(
  file: LogFile,
  start: number,
  salt: number,
  apply: (frame: Frame) => void,
): Promise<number> {
  const scan = new LogScan(file, await file.size(), salt);
  let end = start;
  for (let frame = await scan.frameAt(end); frame !== undefined; frame = await scan.frameAt(end)) {
    apply(frame);
    end += FRAME_HEADER_BYTES + frame.payload.length;
  }
  if (end < scan.size) await cutTornTail(file, scan, end);
  await file.sync();
  return end;
}

async function cutTornTail(file: LogFile, scan: LogScan, end: number): Promise<void> {
  let candidate = await scan.markerFrom(end + 1);
  while (candidate !== undefined) {
    const frame = await scan.frameAt(candidate);
    if (frame !== undefined && frame.groupStart > end) {
      throw new DamagedLogError(end, `an intact frame follows at byte ${candidate}`);
    }
    const length = frame === undefined ? 1 : FRAME_HEADER_BYTES + frame.payload.length;
    candidate = await scan.markerFrom(candidate + length);
  }
  await file.truncate(end);
}
