import type { MessagePort } from 'node:worker_threads';
import type { RecordedEvent } from '#event-store';
import type { StorePosition } from '#kernel';
import type { FeedItem } from './event-feed.js';

/** What a feed's thread is told. */
export type FeedRequest =
  | {
      readonly kind: 'subscribe';
      readonly after: StorePosition | 'start';
      /** Carries {@link FeedMessage}s one way and {@link FeedReceipt}s the other; closed, it ends. */
      readonly port: MessagePort;
    }
  | { readonly kind: 'stop' };

/** Events one after the other: as text they cross to another thread faster than as objects. */
export interface EventsMessage {
  readonly kind: 'events';
  /** JSON: of each event its stream, revision, id, type, data and metadata. */
  readonly text: string;
  /** Commit and prepare position of each event. */
  readonly positions: BigUint64Array<ArrayBuffer>;
  /** 32 bytes an event. */
  readonly digests: Uint8Array<ArrayBuffer>;
}

export type FeedMessage =
  | EventsMessage
  | Exclude<FeedItem, { readonly kind: 'event' }>
  /** The store cannot be reached (`unavailable`), or the subscription cannot go on at all. */
  | { readonly kind: 'failed'; readonly message: string; readonly unavailable: boolean };

/** So much, by {@link sizeOf}, was taken and no longer waits between the threads. */
export type FeedReceipt = number;

/** What a message counts for where what waits is bounded, in characters. */
export function sizeOf(message: FeedMessage): number {
  return message.kind === 'events' ? message.text.length : 0;
}

const digestBytes = 32;

type PackedEvent = readonly [
  stream: string,
  revision: number,
  eventId: string,
  type: string,
  data: unknown,
  metadata: unknown,
];

export function packEvents(
  events: readonly RecordedEvent[],
  leafDigestOf: (event: RecordedEvent) => Uint8Array,
): EventsMessage {
  const positions = new BigUint64Array(events.length * 2);
  const digests = new Uint8Array(events.length * digestBytes);
  const packed: PackedEvent[] = events.map((event, index) => {
    const { stream, revision, eventId, type, data, metadata, position } = event;
    positions[index * 2] = position.commit;
    positions[index * 2 + 1] = position.prepare;
    digests.set(leafDigestOf(event), index * digestBytes);
    return [stream, revision, eventId, type, data, metadata];
  });
  return { kind: 'events', text: JSON.stringify(packed), positions, digests };
}

export function unpackEvents({ text, positions, digests }: EventsMessage): readonly FeedItem[] {
  const packed = JSON.parse(text) as readonly PackedEvent[];
  return packed.map(([stream, revision, eventId, type, data, metadata], index) => ({
    kind: 'event',
    event: {
      stream,
      revision,
      eventId,
      type,
      data,
      metadata,
      position: { commit: positions[index * 2] ?? 0n, prepare: positions[index * 2 + 1] ?? 0n },
      leafDigest: digests.subarray(index * digestBytes, (index + 1) * digestBytes),
    },
  }));
}
