import { crc32 } from 'node:zlib';
import type { FullSegment } from '../log/recovery.js';
import type { EventIndex } from './event-index.js';

/*
 * The index of one full segment as a file beside it, so that opening the log parses no events of full
 * segments. It is only a copy: bound to the bytes it was made from by their length and checksum, and
 * made anew from them where it is missing, damaged or another's.
 *
 *   0  magic
 *   8  the segment's base (six bytes) and end (six bytes), and the CRC-32 of its frames
 *  24  how many events, streams and types, and bytes of names
 *  40  CRC-32 of everything else
 *  44  names of streams and types, each a length (four bytes) and UTF-8;
 *      then by event: ids (sixteen bytes each) and columns of four bytes each
 */
const MAGIC = Buffer.from('DAYBKIX1', 'latin1');
const HEADER_BYTES = 44;
const BASE_AT = 8;
const END_AT = 14;
const POSITION_BYTES = 6;
const FRAMES_CHECKSUM_AT = 20;
const EVENTS_AT = 24;
const STREAMS_AT = 28;
const TYPES_AT = 32;
const NAMES_BYTES_AT = 36;
const CHECKSUM_AT = 40;
const ID_BYTES = 16;
const NUMBER_BYTES = 4;
const COLUMNS = ['offset', 'length', 'checksum', 'stream', 'type'] as const;
type Column = (typeof COLUMNS)[number];
const EVENT_BYTES = ID_BYTES + COLUMNS.length * NUMBER_BYTES;

/** Names by their first use, and the numbers they get in the file. */
class LocalNames {
  readonly names: string[] = [];
  readonly #numbers = new Map<number, number>();

  numberOf(indexNumber: number, name: (indexNumber: number) => string): number {
    const known = this.#numbers.get(indexNumber);
    if (known !== undefined) return known;
    const number = this.names.length;
    this.#numbers.set(indexNumber, number);
    this.names.push(name(indexNumber));
    return number;
  }
}

/** The file for the events from one sequence up to another, which are those of the segment. */
export function encodeSegmentIndex(
  index: EventIndex,
  { segment, footer }: FullSegment,
  events: { readonly from: number; readonly to: number },
): Buffer {
  const count = events.to - events.from;
  const streams = new LocalNames();
  const types = new LocalNames();
  const rows = Buffer.allocUnsafe(count * EVENT_BYTES);
  for (let row = 0; row < count; row += 1) {
    const sequence = events.from + row;
    index.copyId(sequence, rows, row * ID_BYTES);
    const values: Record<Column, number> = {
      offset: index.position(sequence) - segment.base,
      length: index.recordLength(sequence),
      checksum: index.recordChecksum(sequence),
      stream: streams.numberOf(index.streamNumber(sequence), (number) => index.streamName(number)),
      type: types.numberOf(index.typeNumber(sequence), (number) => index.typeName(number)),
    };
    for (const [column, name] of COLUMNS.entries()) {
      rows.writeUInt32LE(values[name], columnStart(count, column) + row * NUMBER_BYTES);
    }
  }
  const names = encodeNames([...streams.names, ...types.names]);
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUIntLE(segment.base, BASE_AT, POSITION_BYTES);
  header.writeUIntLE(footer.end, END_AT, POSITION_BYTES);
  header.writeUInt32LE(footer.checksum, FRAMES_CHECKSUM_AT);
  header.writeUInt32LE(count, EVENTS_AT);
  header.writeUInt32LE(streams.names.length, STREAMS_AT);
  header.writeUInt32LE(types.names.length, TYPES_AT);
  header.writeUInt32LE(names.length, NAMES_BYTES_AT);
  const file = Buffer.concat([header, names, rows]);
  file.writeUInt32LE(fileChecksum(file), CHECKSUM_AT);
  return file;
}

/** Adds the file's events to the index; false, and nothing added, where it is not this segment's. */
export function loadSegmentIndex(index: EventIndex, full: FullSegment, file: Buffer): boolean {
  if (!isOf(full, file)) return false;
  const count = file.readUInt32LE(EVENTS_AT);
  const namesEnd = HEADER_BYTES + file.readUInt32LE(NAMES_BYTES_AT);
  const names = decodeNames(file.subarray(HEADER_BYTES, namesEnd));
  const streamCount = file.readUInt32LE(STREAMS_AT);
  const streams = names.slice(0, streamCount).map((name) => index.numberOfStream(name));
  const types = names
    .slice(streamCount, streamCount + file.readUInt32LE(TYPES_AT))
    .map((name) => index.numberOfType(name));
  const rows = file.subarray(namesEnd);
  const [offsets, lengths, checksums, streamRows, typeRows] = COLUMNS.map((_name, column) =>
    columnStart(count, column),
  ) as [number, number, number, number, number];
  for (let row = 0; row < count; row += 1) {
    const at = row * NUMBER_BYTES;
    index.addNumbered(
      streams[rows.readUInt32LE(streamRows + at)] ?? 0,
      types[rows.readUInt32LE(typeRows + at)] ?? 0,
      {
        id: rows,
        idAt: row * ID_BYTES,
        position: full.segment.base + rows.readUInt32LE(offsets + at),
        length: rows.readUInt32LE(lengths + at),
        checksum: rows.readUInt32LE(checksums + at),
      },
    );
  }
  return true;
}

function isOf({ segment, footer }: FullSegment, file: Buffer): boolean {
  return (
    file.length >= HEADER_BYTES &&
    file.subarray(0, MAGIC.length).equals(MAGIC) &&
    file.readUIntLE(BASE_AT, POSITION_BYTES) === segment.base &&
    file.readUIntLE(END_AT, POSITION_BYTES) === footer.end &&
    file.readUInt32LE(FRAMES_CHECKSUM_AT) === footer.checksum &&
    file.readUInt32LE(CHECKSUM_AT) === fileChecksum(file)
  );
}

function fileChecksum(file: Buffer): number {
  return crc32(file.subarray(HEADER_BYTES), crc32(file.subarray(0, CHECKSUM_AT)));
}

function columnStart(count: number, column: number): number {
  return count * ID_BYTES + column * count * NUMBER_BYTES;
}

function encodeNames(names: readonly string[]): Buffer {
  const parts = names.flatMap((name) => {
    const text = Buffer.from(name, 'utf8');
    const length = Buffer.alloc(NUMBER_BYTES);
    length.writeUInt32LE(text.length);
    return [length, text];
  });
  return Buffer.concat(parts);
}

function decodeNames(bytes: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + NUMBER_BYTES;
    const end = start + bytes.readUInt32LE(at);
    names.push(bytes.toString('utf8', start, end));
    at = end;
  }
  return names;
}
