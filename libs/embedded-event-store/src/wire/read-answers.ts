import { fieldLength, varintLength, WireWriter } from './wire-writer.js';
import { EMPTY_MESSAGE, encodeMessage, type Field } from './encode-message.js';

/* The contents of `event_store.client.streams.ReadResp`. */

/** One event: its stored bytes, wrapped twice, and its commit position. */
export function encodeEvent(recordedEvent: Buffer, position: number): Buffer {
  const readEventLength = fieldLength(recordedEvent.length) + 1 + varintLength(position);
  const writer = new WireWriter(Buffer.allocUnsafe(fieldLength(readEventLength)));
  writer.beginField(1, readEventLength);
  writer.bytesField(1, recordedEvent);
  writer.numberField(3, position);
  return writer.bytes;
}

/** A link with the event it leads to, where that can be read. */
export function encodeLink(link: Buffer, target: Buffer | undefined, position: number): Buffer {
  const event: readonly Field[] = target === undefined ? [] : [[1, target]];
  return encodeMessage([1, encodeMessage(...event, [2, link], [3, position])]);
}

export function encodeConfirmation(subscriptionId: string): Buffer {
  return encodeMessage([2, encodeMessage([1, subscriptionId])]);
}

export function encodeCheckpoint(position: number): Buffer {
  return encodeMessage([3, encodeMessage([1, position], [2, position])]);
}

export function encodeStreamNotFound(stream: string): Buffer {
  return encodeMessage([4, encodeMessage([1, encodeMessage([3, stream])])]);
}

export const CAUGHT_UP = encodeMessage([8, EMPTY_MESSAGE]);
