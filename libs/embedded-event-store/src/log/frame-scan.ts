import { crc32 } from 'node:zlib';
import {
  FRAME_HEADER_BYTES,
  FRAME_MARKER,
  isFrameIntact,
  readFrameHeader,
  type FrameHeader,
} from './frame.js';
import { CHUNK_BYTES, type Segment } from './segment.js';

/** A frame of the log whose checksum held. */
export interface Frame extends FrameHeader {
  /** The position of the log at which the frame begins. */
  readonly position: number;
  readonly payload: Buffer;
}

export interface ScannedFrames {
  /** The position behind the last intact frame. */
  readonly end: number;
  /** CRC-32 of all frames. */
  readonly checksum: number;
}

/** Hands the frames of a segment to `apply`, in order, up to the first that is not intact. */
export async function scanFrames(
  segment: Segment,
  fileEnd: number,
  apply: (frame: Frame) => void,
): Promise<ScannedFrames> {
  let end = segment.base;
  let checksum = 0;
  let length = CHUNK_BYTES;
  while (end < fileEnd) {
    const chunk = await segment.read(end, Math.min(length, fileEnd - end));
    let used = 0;
    for (
      let frame = frameAt(segment, chunk, used, end);
      frame !== undefined;
      frame = frameAt(segment, chunk, used, end)
    ) {
      apply(frame);
      used += FRAME_HEADER_BYTES + frame.payload.length;
    }
    checksum = crc32(chunk.subarray(0, used), checksum);
    end += used;
    const needed = used > 0 ? CHUNK_BYTES : frameLength(chunk);
    if (used === 0 && needed <= chunk.length) break;
    length = Math.max(CHUNK_BYTES, needed);
    if (used === 0 && end + needed > fileEnd) break;
  }
  return { end, checksum };
}

/** Looks behind damage: hands every intact frame after a position to `apply`, wherever it begins. */
export async function scanScattered(
  segment: Segment,
  from: number,
  fileEnd: number,
  apply: (frame: Frame) => void,
): Promise<void> {
  const bytes = await segment.read(from, fileEnd - from);
  let at = bytes.indexOf(FRAME_MARKER);
  while (at >= 0) {
    const frame = frameAt(segment, bytes, at, from);
    if (frame !== undefined) apply(frame);
    const length = frame === undefined ? 1 : FRAME_HEADER_BYTES + frame.payload.length;
    at = bytes.indexOf(FRAME_MARKER, at + length);
  }
}

/** The intact frame at this place of bytes that begin at a position of the log, if there is one. */
function frameAt(
  { salt }: Segment,
  bytes: Buffer,
  at: number,
  bytesPosition: number,
): Frame | undefined {
  const header = readFrameHeader(bytes, at);
  if (header === undefined) return undefined;
  const end = at + FRAME_HEADER_BYTES + header.payloadLength;
  if (end > bytes.length || !isFrameIntact(bytes, at, end, salt)) return undefined;
  const payload = bytes.subarray(at + FRAME_HEADER_BYTES, end);
  return { ...header, position: bytesPosition + at, payload };
}

/** Bytes of the frame that these bytes begin with, as far as its header tells. */
function frameLength(bytes: Buffer): number {
  const header = readFrameHeader(bytes, 0);
  return header === undefined ? 0 : FRAME_HEADER_BYTES + header.payloadLength;
}
