import { crc32 } from 'node:zlib';
import { EVENT_LENGTH_BYTES, FRAME_HEADER_BYTES, writeFrameHeader } from '../log/frame.js';
import { recordedEventLengthMax, writeRecordedEvent } from '../wire/recorded-event.js';
import { WireWriter } from '../wire/wire-writer.js';
import type { AppendRequest, ProposedEvent } from './append-request.js';
import type { EventIndex } from './event-index.js';
import type { RecentEventIds } from './recent-event-ids.js';

/** Events that go to the end of one stream. */
export interface StreamPart {
  readonly stream: string;
  readonly events: readonly ProposedEvent[];
  readonly firstRevision: number;
}

/** Bytes of the event that a delete, or the first append after one, writes, besides its stream's name. */
const STATE_EVENT_BYTES_MAX = 512;

/** The most bytes an append can take in the log. */
export function frameLengthMax(request: AppendRequest): number {
  const streamNameLength = Buffer.byteLength(request.stream);
  return request.events.reduce(
    (sum, event) => sum + EVENT_LENGTH_BYTES + recordedEventLengthMax(event, streamNameLength),
    FRAME_HEADER_BYTES + STATE_EVENT_BYTES_MAX + streamNameLength,
  );
}

/**
 * The appends that are written and synced together. Each becomes one frame, and its events enter the
 * index at once, still invisible, so that the next append of the group is decided against them.
 */
export class AppendGroup {
  readonly #index: EventIndex;
  readonly #recentEventIds: RecentEventIds;
  readonly #start: number;
  readonly #salt: number;
  readonly #writer: WireWriter;

  constructor(
    index: EventIndex,
    recentEventIds: RecentEventIds,
    log: { readonly end: number; readonly salt: number; readonly bytesMax: number },
  ) {
    this.#index = index;
    this.#recentEventIds = recentEventIds;
    this.#start = log.end;
    this.#salt = log.salt;
    this.#writer = new WireWriter(Buffer.allocUnsafe(log.bytesMax));
  }

  /** The bytes to be written at the end of the log. */
  get bytes(): Buffer {
    return this.#writer.bytes.subarray(0, this.#writer.offset);
  }

  /**
   * Adds an append that was decided to be written, with what it makes of the stream's metadata, all in
   * one frame; tells the position of the last event appended.
   */
  add(part: StreamPart, created: number, metadata?: StreamPart): number {
    const writer = this.#writer;
    const frameAt = writer.offset;
    writer.offset += FRAME_HEADER_BYTES;
    const position = this.#addPart(part, created);
    if (metadata !== undefined) this.#addPart(metadata, created);
    const payloadLength = writer.offset - frameAt - FRAME_HEADER_BYTES;
    const header = { kind: 'append', groupStart: this.#start, payloadLength } as const;
    writeFrameHeader(writer.bytes, frameAt, header, this.#salt);
    return position;
  }

  #addPart({ stream: name, events, firstRevision }: StreamPart, created: number): number {
    const writer = this.#writer;
    const streamName = Buffer.from(name, 'utf8');
    let position = 0;
    for (const [index, event] of events.entries()) {
      const lengthAt = writer.offset;
      writer.offset += EVENT_LENGTH_BYTES;
      position = this.#start + writer.offset;
      const revision = firstRevision + index;
      writeRecordedEvent(writer, event, { streamName, revision, position, created });
      const length = writer.offset - lengthAt - EVENT_LENGTH_BYTES;
      writer.bytes.writeUInt32LE(length, lengthAt);
      const checksum = crc32(writer.bytes.subarray(writer.offset - length, writer.offset));
      const entry = { id: event.id, type: event.type, position, length, checksum };
      this.#recentEventIds.add(this.#index.add(name, entry), event.id);
    }
    return position;
  }
}
