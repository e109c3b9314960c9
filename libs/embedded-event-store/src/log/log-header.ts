import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LogFormatError } from './log-errors.js';
import { readFully, writeFully, type LogDirectory, type LogFile } from './log-file.js';

const MAGIC = Buffer.from('DAYBKLOG', 'latin1');

/**
 * Version 0 says that the format is provisional: it may still change without a migration. The first
 * format that is kept forever will be 1. A program refuses every version it was not built for.
 */
export const LOG_FORMAT_VERSION = 0;

/** Magic (8), format version (4), salt (4), CRC-32 of those (4); integers are little-endian. */
export const LOG_HEADER_BYTES = 20;

const VERSION_AT = 8;
const SALT_AT = 12;
const CHECKSUM_AT = 16;

export interface LogHeader {
  /** Seeds the checksum of every frame, so that bytes of another log never pass for a frame. */
  readonly salt: number;
}

/** Reads the header, or writes one where the file is new or died before its header was durable. */
export async function openHeader(file: LogFile, directory: LogDirectory): Promise<LogHeader> {
  const size = await file.size();
  const bytes = await readFully(file, 0, Math.min(size, LOG_HEADER_BYTES));
  if (isWhole(bytes)) return readHeader(bytes);
  if (size <= LOG_HEADER_BYTES && couldBeTorn(bytes)) return createHeader(file, directory);
  throw new LogFormatError('the file is not an event log: its first bytes are not a log header');
}

function isWhole(bytes: Buffer): boolean {
  return (
    bytes.length === LOG_HEADER_BYTES &&
    bytes.subarray(0, MAGIC.length).equals(MAGIC) &&
    bytes.readUInt32LE(CHECKSUM_AT) === crc32(bytes.subarray(0, CHECKSUM_AT))
  );
}

function readHeader(bytes: Buffer): LogHeader {
  const version = bytes.readUInt32LE(VERSION_AT);
  if (version !== LOG_FORMAT_VERSION) {
    throw new LogFormatError(
      `the event log has format version ${version}; this program reads ${LOG_FORMAT_VERSION}. ` +
        'Start the program that wrote it.',
    );
  }
  return { salt: bytes.readUInt32LE(SALT_AT) };
}

/**
 * A crash while the file was created leaves any part of the header, the rest zero or missing. No
 * event was accepted before the header was durable, so nothing is lost by writing it again.
 */
function couldBeTorn(bytes: Buffer): boolean {
  return bytes.every((byte, index) => index >= SALT_AT || byte === 0 || byte === MAGIC[index]);
}

async function createHeader(file: LogFile, directory: LogDirectory): Promise<LogHeader> {
  const salt = randomInt(0x1_0000_0000);
  const bytes = Buffer.alloc(LOG_HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(LOG_FORMAT_VERSION, VERSION_AT);
  bytes.writeUInt32LE(salt, SALT_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKSUM_AT)), CHECKSUM_AT);
  await writeFully(file, bytes, 0);
  await file.sync();
  await directory.sync();
  return { salt };
}
