import { crc32 } from 'node:zlib';
import type { SegmentHeader } from './segment-header.js';

const MARKER = Buffer.from([0xf7, 0x45, 0x6e, 0x64]);

/**
 * Closes a full segment, right behind its last frame: marker (4), the position at which the next
 * segment begins (6), nothing (2), CRC-32 of all frames (4), CRC-32 of the sixteen bytes before,
 * seeded with the segment's salt (4). It is written after the next segment's header is durable.
 */
export const SEGMENT_FOOTER_BYTES = 20;

const END_AT = 4;
const END_BYTES = 6;
const FRAMES_CHECKSUM_AT = 12;
const CHECKSUM_AT = 16;

export interface SegmentFooter {
  /** The position of the log at which the segment ends and the next begins. */
  readonly end: number;
  /** CRC-32 of everything between header and footer. */
  readonly checksum: number;
}

export function encodeSegmentFooter(footer: SegmentFooter, { salt }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_FOOTER_BYTES);
  MARKER.copy(bytes);
  bytes.writeUIntLE(footer.end, END_AT, END_BYTES);
  bytes.writeUInt32LE(footer.checksum, FRAMES_CHECKSUM_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKSUM_AT), salt), CHECKSUM_AT);
  return bytes;
}

/** The footer these bytes are, unless they are none of this segment's. */
export function decodeSegmentFooter(
  bytes: Buffer,
  { salt }: SegmentHeader,
): SegmentFooter | undefined {
  if (bytes.length < SEGMENT_FOOTER_BYTES) return undefined;
  if (!bytes.subarray(0, MARKER.length).equals(MARKER)) return undefined;
  const checksum = crc32(bytes.subarray(0, CHECKSUM_AT), salt);
  if (bytes.readUInt32LE(CHECKSUM_AT) !== checksum) return undefined;
  return {
    end: bytes.readUIntLE(END_AT, END_BYTES),
    checksum: bytes.readUInt32LE(FRAMES_CHECKSUM_AT),
  };
}
