import { crc32 } from 'node:zlib';

/*
 * A frame is one append, so that a crash leaves all of its events or none.
 *
 *   0  marker, to find frames again behind damage
 *   4  length of the payload
 *   8  the position at which the frame's group began (six bytes): everything before it was durable
 *      when this frame was written
 *  14  kind
 *  16  CRC-32 of the sixteen bytes before and of the payload, seeded with the segment's salt
 *  20  payload: for each event its length (four bytes) and its bytes
 */
export const FRAME_HEADER_BYTES = 20;
export const FRAME_MARKER = Buffer.from([0xf7, 0x4c, 0x6f, 0x67]);
const MARKER_NUMBER = FRAME_MARKER.readUInt32LE();

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

/** The header of the frame that begins at this place of the bytes, unless none can begin so. */
export function readFrameHeader(bytes: Buffer, at: number): FrameHeader | undefined {
  if (bytes.length - at < FRAME_HEADER_BYTES) return undefined;
  if (bytes.readUInt32LE(at) !== MARKER_NUMBER) return undefined;
  const kind = frameKind(bytes.readUInt16LE(at + KIND_AT));
  const payloadLength = bytes.readUInt32LE(at + PAYLOAD_LENGTH_AT);
  if (kind === undefined || payloadLength > FRAME_PAYLOAD_BYTES_MAX) return undefined;
  const groupStart = bytes.readUIntLE(at + GROUP_START_AT, GROUP_START_BYTES);
  return { kind, groupStart, payloadLength };
}

/** Whether the bytes of a whole frame are those that were written. */
export function isFrameIntact(bytes: Buffer, at: number, end: number, salt: number): boolean {
  const frame = bytes.subarray(at, end);
  return frame.readUInt32LE(CHECKSUM_AT) === frameChecksum(frame, salt);
}

/** A seal, which says that the log was durable up to where it stands. */
export function encodeSeal(position: number, salt: number): Buffer {
  const seal = Buffer.alloc(FRAME_HEADER_BYTES);
  writeFrameHeader(seal, 0, { kind: 'seal', groupStart: position, payloadLength: 0 }, salt);
  return seal;
}

function frameChecksum(frame: Buffer, salt: number): number {
  const ofHeader = crc32(frame.subarray(0, CHECKSUM_AT), salt);
  return crc32(frame.subarray(FRAME_HEADER_BYTES), ofHeader);
}

function frameKind(code: number): FrameKind | undefined {
  if (code === FRAME_KINDS.append) return 'append';
  return code === FRAME_KINDS.seal ? 'seal' : undefined;
}
