import {
  type EventType,
  eventBytesMax,
  metadataBytesMax,
  type NewEvent,
  type RecordingStamp,
  storedMetadataOf,
} from '#events';
import type { EventToAppend } from '#event-store';
import { refuse, type Refusal } from '#kernel';

/** An event as it will be written, with the bytes it takes of an append. */
export interface PreparedEvent extends EventToAppend {
  readonly dataBytes: number;
}

export type Preparation =
  | { readonly outcome: 'prepared'; readonly event: PreparedEvent }
  | Refusal<'event_too_large' | 'metadata_too_large'>;

/** Puts an event into the form in which it is stored; the same object is sent again if need be. */
export function prepareEvent(
  event: NewEvent<EventType, object>,
  stamp: RecordingStamp,
): Preparation {
  const metadata = storedMetadataOf(event, stamp);
  const metadataBytes = jsonBytes(metadata);
  if (metadataBytes > metadataBytesMax) {
    const message = `The metadata of ${event.type} on ${event.leaf} has ${metadataBytes} bytes, ${metadataBytesMax} are allowed.`;
    return refuse('metadata_too_large', message, 'metadata');
  }
  const dataBytes = jsonBytes(event.data);
  if (dataBytes > eventBytesMax) {
    const message = `The data of ${event.type} on ${event.leaf} has ${dataBytes} bytes, ${eventBytesMax} are allowed.`;
    return refuse('event_too_large', message, 'data');
  }
  const { eventId, type, data } = event;
  return { outcome: 'prepared', event: { eventId, type, data, metadata, dataBytes } };
}

function jsonBytes(value: object): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}
