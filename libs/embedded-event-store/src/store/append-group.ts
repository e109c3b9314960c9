import { EVENT_LENGTH_BYTES, FRAME_HEADER_BYTES, writeFrameHeader } from '../log/frame.js';
import { recordedEventLengthMax, writeRecordedEvent } from '../wire/recorded-event.js';
import { WireWriter } from '../wire/wire-writer.js';
import type { AppendRequest } from './append-request.js';
import type { EventIndex, IndexedStream } from './event-index.js';
import type { RecentEventIds } from './recent-event-ids.js';

/** The most bytes an append can take in the log. */
export function frameLengthMax(request: AppendRequest): number {
  const streamNameLength = Buffer.byteLength(request.stream);
  return request.events.reduce(
    (sum, event) => sum + EVENT_LENGTH_BYTES + recordedEventLengthMax(event, streamNameLength),
    FRAME_HEADER_BYTES,
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

  /** Adds an append that was decided to be written; tells its last event's position. */
  add(request: AppendRequest, firstRevision: number, created: number): number {
    const writer = this.#writer;
    const frameAt = writer.offset;
    writer.offset += FRAME_HEADER_BYTES;
    const streamName = Buffer.from(request.stream, 'utf8');
    let position = 0;
    for (const [index, event] of request.events.entries()) {
      const lengthAt = writer.offset;
      writer.offset += EVENT_LENGTH_BYTES;
      position = this.#start + writer.offset;
      const revision = firstRevision + index;
      writeRecordedEvent(writer, event, { streamName, revision, position, created });
      const length = writer.offset - lengthAt - EVENT_LENGTH_BYTES;
      writer.bytes.writeUInt32LE(length, lengthAt);
      const entry = { id: event.id, type: event.type, position, length };
      this.#remember(this.#index.add(request.stream, entry), event.id);
    }
    const payloadLength = writer.offset - frameAt - FRAME_HEADER_BYTES;
    const header = { kind: 'append', groupStart: this.#start, payloadLength } as const;
    writeFrameHeader(writer.bytes, frameAt, header, this.#salt);
    return position;
  }

  #remember(stream: IndexedStream, id: Buffer): void {
    this.#recentEventIds.add(stream, id);
  }
}
