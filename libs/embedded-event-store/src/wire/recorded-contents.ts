import { EMPTY_MESSAGE } from './encode-message.js';
import { WireReader } from './wire-reader.js';

/** What a node itself needs of an event's contents: of metadata, of links, and for an event's age. */
export interface RecordedContents {
  readonly revision: number;
  readonly type: string;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  readonly data: Buffer;
}

const TICKS_PER_MILLISECOND = 10_000;

/** Reads them from an event's bytes in the log. */
export function readRecordedContents(bytes: Buffer): RecordedContents {
  const reader = new WireReader(bytes);
  const properties = new Map<string, string>();
  let revision = 0;
  let data = EMPTY_MESSAGE;
  while (reader.nextField()) {
    if (reader.field === 3) revision = reader.unsigned();
    else if (reader.field === 6) readProperty(reader.message(), properties);
    else if (reader.field === 8) data = reader.bytes();
    else reader.skip();
  }
  const created = Number(properties.get('created') ?? '0') / TICKS_PER_MILLISECOND;
  return { revision, type: properties.get('type') ?? '', created, data };
}

/** One entry of a map of texts. */
export function readProperty(reader: WireReader, properties: Map<string, string>): void {
  let key = '';
  let value = '';
  while (reader.nextField()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  }
  properties.set(key, value);
}
