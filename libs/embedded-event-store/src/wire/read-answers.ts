import { fieldLength, varintLength, WireWriter } from './wire-writer.js';
import { EMPTY_MESSAGE, encodeMessage } from './encode-message.js';

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
