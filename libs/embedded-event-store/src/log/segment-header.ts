import { crc32 } from 'node:zlib';
import { LogFormatError } from './log-errors.js';
import { readFully, writeFully, type LogFile } from './log-file.js';

const MAGIC = Buffer.from('DAYBKLOG', 'latin1');

/** A program refuses every version it was not built for; 0 is carried over, see `migration.ts`. */
export const LOG_FORMAT_VERSION = 1;

/**
 * Magic (8), format version (4), salt (4), the position of the first frame (6), nothing (6), CRC-32
 * of all that (4); integers are little-endian.
 */
export const SEGMENT_HEADER_BYTES = 32;

const VERSION_AT = 8;
const SALT_AT = 12;
const BASE_AT = 16;
const BASE_BYTES = 6;
const CHECKSUM_AT = 28;

export interface SegmentHeader {
  /** Seeds the checksum of every frame, so that bytes of another file never pass for a frame. */
  readonly salt: number;
  /** The position of the log at which the segment's first frame stands. */
  readonly base: number;
}

/** Makes the file a segment without frames; durable when this resolves. */
export async function writeSegmentHeader(file: LogFile, header: SegmentHeader): Promise<void> {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(LOG_FORMAT_VERSION, VERSION_AT);
  bytes.writeUInt32LE(header.salt, SALT_AT);
  bytes.writeUIntLE(header.base, BASE_AT, BASE_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKSUM_AT)), CHECKSUM_AT);
  await file.truncate(0);
  await writeFully(file, bytes, 0);
  await file.sync();
}

/**
 * The header of a segment, or `torn` where the file can only be one whose creation was cut short: no
 * frame was ever put into it.
 */
export async function readSegmentHeader(
  file: LogFile,
  name: string,
  base: number,
): Promise<SegmentHeader | 'torn'> {
  const size = await file.size();
  const bytes = await readFully(file, 0, Math.min(size, SEGMENT_HEADER_BYTES));
  if (isWhole(bytes)) return checkedHeader(bytes, name, base);
  if (size <= SEGMENT_HEADER_BYTES && couldBeTorn(bytes)) return 'torn';
  throw new LogFormatError(
    `${name} is not an event log, or is damaged at byte 0: its first bytes are not a log header. ` +
      'Nothing was changed; restore the file from a backup.',
  );
}

function isWhole(bytes: Buffer): boolean {
  return (
    bytes.length === SEGMENT_HEADER_BYTES &&
    bytes.subarray(0, MAGIC.length).equals(MAGIC) &&
    bytes.readUInt32LE(CHECKSUM_AT) === crc32(bytes.subarray(0, CHECKSUM_AT))
  );
}

function checkedHeader(bytes: Buffer, name: string, base: number): SegmentHeader {
  const version = bytes.readUInt32LE(VERSION_AT);
  if (version !== LOG_FORMAT_VERSION) {
    throw new LogFormatError(
      `${name} has format version ${version}; this program reads ${LOG_FORMAT_VERSION}. ` +
        'Start the program that wrote it.',
    );
  }
  const stated = bytes.readUIntLE(BASE_AT, BASE_BYTES);
  if (stated !== base) {
    throw new LogFormatError(
      `${name} holds the events from position ${stated} on: it was renamed. Give it its own name.`,
    );
  }
  return { salt: bytes.readUInt32LE(SALT_AT), base };
}

/** A crash while the file was created leaves any part of the header, the rest zero or missing. */
function couldBeTorn(bytes: Buffer): boolean {
  return bytes.every((byte, index) => index >= VERSION_AT || byte === 0 || byte === MAGIC[index]);
}
