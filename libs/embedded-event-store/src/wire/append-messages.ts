import type { ExpectedRevision, ProposedEvent } from '../store/append-request.js';
import { parseUuid } from '../store/event-id.js';
import { EMPTY_MESSAGE } from './encode-message.js';
import { readProperty } from './recorded-contents.js';
import { MalformedMessageError, WireReader } from './wire-reader.js';

/*
 * `AppendReq` and `BatchAppendReq` of `event_store.client.streams`: how an append arrives. The two
 * number the fields of their options and of their proposed events alike.
 */

export interface AppendOptions {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  /** Milliseconds since the Unix epoch. */
  readonly deadline?: number;
}

/** Events as they arrived, or what is wrong with one of them. */
export interface ProposedEvents {
  readonly events: readonly ProposedEvent[];
  readonly problem?: string;
}

export interface BatchAppendMessage extends ProposedEvents {
  /** The `UUID` message, given back as it came. */
  readonly correlationId: Buffer;
  /** In the first message of an append alone. */
  readonly options?: AppendOptions;
  readonly isFinal: boolean;
}

export function decodeBatchAppendMessage(bytes: Buffer): BatchAppendMessage {
  const reader = new WireReader(bytes);
  const events: ProposedEvent[] = [];
  let correlationId = EMPTY_MESSAGE;
  let options: AppendOptions | undefined;
  let problem: string | undefined;
  let isFinal = false;
  while (reader.nextField()) {
    if (reader.field === 1) correlationId = reader.bytes();
    else if (reader.field === 2) options = decodeAppendOptions(reader.message());
    else if (reader.field === 3) {
      const event = decodeProposedEvent(reader.message());
      if (typeof event === 'string') problem ??= event;
      else events.push(event);
    } else if (reader.field === 4) isFinal = reader.unsigned() !== 0;
    else reader.skip();
  }
  return {
    correlationId,
    events,
    isFinal,
    ...(options === undefined ? {} : { options }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** One message of the older `Append` call: first the options, then an event each. */
export type AppendMessage =
  | { readonly kind: 'options'; readonly options: AppendOptions }
  | { readonly kind: 'event'; readonly event: ProposedEvent }
  | { readonly kind: 'problem'; readonly problem: string };

export function decodeAppendMessage(bytes: Buffer): AppendMessage {
  const reader = new WireReader(bytes);
  while (reader.nextField()) {
    if (reader.field === 1) {
      return { kind: 'options', options: decodeAppendOptions(reader.message()) };
    }
    if (reader.field === 2) {
      const event = decodeProposedEvent(reader.message());
      if (typeof event === 'string') return { kind: 'problem', problem: event };
      return { kind: 'event', event };
    }
    reader.skip();
  }
  throw new MalformedMessageError('an append message holds neither options nor an event');
}

/** `DeleteReq` and `TombstoneReq`, whose options are those of an append, without a deadline. */
export function decodeRemovalRequest(bytes: Buffer): AppendOptions {
  const reader = new WireReader(bytes);
  let options: AppendOptions = { stream: '', expectedRevision: 'any' };
  while (reader.nextField()) {
    if (reader.field === 1) options = decodeAppendOptions(reader.message());
    else reader.skip();
  }
  return options;
}

function decodeAppendOptions(reader: WireReader): AppendOptions {
  let stream = '';
  let expectedRevision: ExpectedRevision = 'any';
  let deadline: number | undefined;
  while (reader.nextField()) {
    switch (reader.field) {
      case 1:
        stream = decodeStreamIdentifier(reader.message());
        break;
      case 2:
        expectedRevision = reader.unsigned64();
        break;
      case 3:
        expectedRevision = 'no_stream';
        reader.skip();
        break;
      case 4:
        expectedRevision = 'any';
        reader.skip();
        break;
      case 5:
        expectedRevision = 'stream_exists';
        reader.skip();
        break;
      case 6:
        deadline = decodeTimestamp(reader.message());
        break;
      default:
        reader.skip();
    }
  }
  return { stream, expectedRevision, ...(deadline === undefined ? {} : { deadline }) };
}

/** `event_store.client.StreamIdentifier`: the name in UTF-8. */
export function decodeStreamIdentifier(reader: WireReader): string {
  let name = '';
  while (reader.nextField()) {
    if (reader.field === 3) name = reader.text();
    else reader.skip();
  }
  return name;
}

/** `google.protobuf.Timestamp` in milliseconds since the Unix epoch. */
function decodeTimestamp(reader: WireReader): number {
  let seconds = 0;
  let nanoseconds = 0;
  while (reader.nextField()) {
    if (reader.field === 1) seconds = reader.unsigned();
    else if (reader.field === 2) nanoseconds = reader.unsigned();
    else reader.skip();
  }
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/** The event, or what is wrong with it. */
function decodeProposedEvent(reader: WireReader): ProposedEvent | string {
  const properties = new Map<string, string>();
  let idText = '';
  let metadata = EMPTY_MESSAGE;
  let data = EMPTY_MESSAGE;
  while (reader.nextField()) {
    if (reader.field === 1) idText = decodeUuidText(reader.message());
    else if (reader.field === 2) readProperty(reader.message(), properties);
    else if (reader.field === 3) metadata = reader.bytes();
    else if (reader.field === 4) data = reader.bytes();
    else reader.skip();
  }
  const id = parseUuid(idText);
  const type = properties.get('type') ?? '';
  if (id === undefined) return `the event id '${idText}' is not a UUID`;
  if (type === '') return `the event ${idText} has no type`;
  const contentType = properties.get('content-type') ?? 'application/octet-stream';
  return { id, type, contentType, metadata, data };
}

function decodeUuidText(reader: WireReader): string {
  let text = '';
  while (reader.nextField()) {
    if (reader.field === 2) text = reader.text();
    else reader.skip();
  }
  return text;
}
