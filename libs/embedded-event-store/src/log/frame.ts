import { crc32 } from 'node:zlib';

/*
 * A frame is one append, so that a crash leaves all of its events or none.
 *
 *   0  marker, to find frames again behind damage
 *   4  length of the payload
 *   8  where the frame's group began (six bytes): everything before that byte was durable when this
 *      frame was written
 *  14  kind
 *  16  CRC-32 of the sixteen bytes before and of the payload, seeded with the log's salt
 *  20  payload: for each event its length (four bytes) and its bytes
 */
export const FRAME_HEADER_BYTES = 20;
export const FRAME_MARKER = Buffer.from([0xf7, 0x4c, 0x6f, 0x67]);

/** Bytes before an event's own bytes in a frame. */
export const EVENT_LENGTH_BYTES = 4;

const PAYLOAD_LENGTH_AT = 4;
const GROUP_START_AT = 8;
const GROUP_START_BYTES = 6;
const KIND_AT = 14;
const CHECKSUM_AT = 16;

/** The most bytes a frame's payload may have; a longer length is damage. */
export const FRAME_PAYLOAD_BYTES_MAX = 64 * 1_048_576;

/** A seal holds nothing: it only says that everything before it was durable. */
export const FRAME_KINDS = { append: 1, seal: 2 } as const;
export type FrameKind = keyof typeof FRAME_KINDS;

export interface FrameHeader {
  readonly kind: FrameKind;
  readonly groupStart: number;
  readonly payloadLength: number;
}

/** Writes the header of the frame whose payload already stands behind it in the same memory. */
export function writeFrameHeader(
  bytes: Buffer,
  at: number,
  header: FrameHeader,
  salt: number,
): void {
  FRAME_MARKER.copy(bytes, at);
  bytes.writeUInt32LE(header.payloadLength, at + PAYLOAD_LENGTH_AT);
  bytes.writeUIntLE(header.groupStart, at + GROUP_START_AT, GROUP_START_BYTES);
  bytes.writeUInt16LE(FRAME_KINDS[header.kind], at + KIND_AT);
  const frame = bytes.subarray(at, at + FRAME_HEADER_BYTES + header.payloadLength);
  bytes.writeUInt32LE(frameChecksum(frame, salt), at + CHECKSUM_AT);
}

/** The header of the frame at the start of these bytes, unless no frame can begin so. */
export function readFrameHeader(bytes: Buffer): FrameHeader | undefined {
  if (bytes.length < FRAME_HEADER_BYTES) return undefined;
  if (!bytes.subarray(0, FRAME_MARKER.length).equals(FRAME_MARKER)) return undefined;
  const kind = frameKind(bytes.readUInt16LE(KIND_AT));
  const payloadLength = bytes.readUInt32LE(PAYLOAD_LENGTH_AT);
  if (kind === undefined || payloadLength > FRAME_PAYLOAD_BYTES_MAX) return undefined;
  const groupStart = bytes.readUIntLE(GROUP_START_AT, GROUP_START_BYTES);
  return { kind, groupStart, payloadLength };
}

/** Whether the bytes of a whole frame are those that were written. */
export function isFrameIntact(frame: Buffer, salt: number): boolean {
  return frame.readUInt32LE(CHECKSUM_AT) === frameChecksum(frame, salt);
}

function frameChecksum(frame: Buffer, salt: number): number {
  const ofHeader = crc32(frame.subarray(0, CHECKSUM_AT), salt);
  return crc32(frame.subarray(FRAME_HEADER_BYTES), ofHeader);
}

function frameKind(code: number): FrameKind | undefined {
  if (code === FRAME_KINDS.append) return 'append';
  return code === FRAME_KINDS.seal ? 'seal' : undefined;
}
