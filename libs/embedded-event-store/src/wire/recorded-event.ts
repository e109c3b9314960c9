import { formatUuid, parseUuid, UUID_TEXT_LENGTH } from '../store/event-id.js';
import type { ProposedEvent } from '../store/append-request.js';
import { MalformedMessageError, WireReader } from './wire-reader.js';
import { fieldLength, type WireWriter } from './wire-writer.js';

/*
 * `event_store.client.streams.ReadResp.ReadEvent.RecordedEvent`: an event is kept in the log in the
 * very bytes in which it is answered, so that a read copies it and builds nothing.
 */
const ID = 1;
const STREAM_IDENTIFIER = 2;
const STREAM_REVISION = 3;
const PREPARE_POSITION = 4;
const COMMIT_POSITION = 5;
const METADATA = 6;
const CUSTOM_METADATA = 7;
const DATA = 8;
const UUID_STRING = 2;
const STREAM_NAME = 3;
const MAP_KEY = 1;
const MAP_VALUE = 2;

const TYPE = Buffer.from('type');
const CONTENT_TYPE = Buffer.from('content-type');
const CREATED = Buffer.from('created');

/** The revision of a tombstone: 2^63 − 1, as a double has it; no other event stands there. */
export const TOMBSTONE_REVISION = 2 ** 63;

/** Ticks of the `created` property: 100 nanoseconds since the Unix epoch, in decimal. */
const TICKS_PER_MILLISECOND_DIGITS = '0000';

const ID_LENGTH = fieldLength(UUID_TEXT_LENGTH);

function mapEntryLength(key: Buffer, valueLength: number): number {
  return fieldLength(key.length) + fieldLength(valueLength);
}

/** The most bytes {@link writeRecordedEvent} can need for this event, wherever it is put. */
export function recordedEventLengthMax(event: ProposedEvent, streamNameLength: number): number {
  const typeLength = Buffer.byteLength(event.type);
  const contentTypeLength = Buffer.byteLength(event.contentType);
  const fixed = 256;
  const content = event.metadata.length + event.data.length;
  return fixed + streamNameLength + typeLength + contentTypeLength + content;
}

export interface EventPlacement {
  readonly streamName: Buffer;
  readonly revision: number;
  /** The byte of the log at which the event begins; both its commit and its prepare position. */
  readonly position: number;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
}

/** Writes the event as it will be read, at the writer's offset. */
export function writeRecordedEvent(
  writer: WireWriter,
  event: ProposedEvent,
  placement: EventPlacement,
): void {
  writer.beginField(ID, ID_LENGTH);
  writer.bytesField(UUID_STRING, Buffer.from(formatUuid(event.id), 'latin1'));
  writer.beginField(STREAM_IDENTIFIER, fieldLength(placement.streamName.length));
  writer.bytesField(STREAM_NAME, placement.streamName);
  if (placement.revision === TOMBSTONE_REVISION) writer.largestRevisionField(STREAM_REVISION);
  else writer.numberField(STREAM_REVISION, placement.revision);
  writer.numberField(PREPARE_POSITION, placement.position);
  writer.numberField(COMMIT_POSITION, placement.position);
  writeProperty(writer, TYPE, event.type);
  writeProperty(writer, CONTENT_TYPE, event.contentType);
  writeProperty(writer, CREATED, `${placement.created}${TICKS_PER_MILLISECOND_DIGITS}`);
  if (event.metadata.length > 0) writer.bytesField(CUSTOM_METADATA, event.metadata);
  if (event.data.length > 0) writer.bytesField(DATA, event.data);
}

function writeProperty(writer: WireWriter, key: Buffer, value: string): void {
  const content = Buffer.from(value, 'utf8');
  writer.beginField(METADATA, mapEntryLength(key, content.length));
  writer.bytesField(MAP_KEY, key);
  writer.bytesField(MAP_VALUE, content);
}

/** What the index keeps of a stored event. */
export interface RecordedEventSummary {
  readonly id: Buffer;
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly position: number;
}

/** Reads back what the index needs of an event's bytes in the log. */
export function readRecordedEventSummary(bytes: Buffer): RecordedEventSummary {
  const reader = new WireReader(bytes);
  let id: Buffer | undefined;
  let stream: string | undefined;
  let type: string | undefined;
  let revision = 0;
  let position = 0;
  // The type is written behind everything else that is looked for, before the contents.
  while (type === undefined && reader.nextField()) {
    if (reader.field === ID) id = parseUuid(nestedText(reader.message(), UUID_STRING));
    else if (reader.field === STREAM_IDENTIFIER) stream = nestedText(reader.message(), STREAM_NAME);
    else if (reader.field === STREAM_REVISION) revision = reader.unsigned();
    else if (reader.field === COMMIT_POSITION) position = reader.unsigned();
    else if (reader.field === METADATA) type = propertyValue(reader.message(), TYPE);
    else reader.skip();
  }
  if (id === undefined || stream === undefined || type === undefined) {
    throw new MalformedMessageError('a recorded event lacks its id, stream or type');
  }
  return { id, stream, type, revision, position };
}

function nestedText(reader: WireReader, field: number): string {
  let text = '';
  while (reader.nextField()) {
    if (reader.field === field) text = reader.text();
    else reader.skip();
  }
  return text;
}

function propertyValue(reader: WireReader, key: Buffer): string | undefined {
  let matches = false;
  let value: string | undefined;
  while (reader.nextField()) {
    if (reader.field === MAP_KEY) matches = reader.bytes().equals(key);
    else if (reader.field === MAP_VALUE) value = reader.text();
    else reader.skip();
  }
  return matches ? value : undefined;
}
