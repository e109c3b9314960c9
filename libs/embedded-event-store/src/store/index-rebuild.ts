import { crc32 } from 'node:zlib';
import { EVENT_LENGTH_BYTES, FRAME_HEADER_BYTES } from '../log/frame.js';
import type { Frame } from '../log/frame-scan.js';
import type { Segment } from '../log/segment.js';
import { readRecordedEventSummary, TOMBSTONE_REVISION } from '../wire/recorded-event.js';
import type { EventIndex } from './event-index.js';

/**
 * Adds a frame's events to the index. The checksum held, so anything that does not fit the log so
 * far (a position that is not the event's own place, a revision out of turn) is another log's frame
 * or a defect of the program that wrote it.
 */
export function indexFrame(index: EventIndex, segment: Segment, frame: Frame): void {
  const { payload } = frame;
  let at = 0;
  while (at < payload.length) {
    const length = payload.readUInt32LE(at);
    const start = at + EVENT_LENGTH_BYTES;
    const position = frame.position + FRAME_HEADER_BYTES + start;
    const record = payload.subarray(start, start + length);
    const event = readRecordedEventSummary(record);
    const revision = index.stream(event.stream)?.sequences.length ?? 0;
    const isInTurn = event.revision === revision || event.revision === TOMBSTONE_REVISION;
    if (event.position !== position || !isInTurn) {
      throw segment.damage(
        frame.position,
        `the event at position ${position} says it is revision ${event.revision} of ` +
          `'${event.stream}' at position ${event.position}, expected revision ${revision}`,
      );
    }
    const { id, type } = event;
    index.add(event.stream, { id, type, position, length, checksum: crc32(record) });
    at = start + length;
  }
}
