import { comparePositions, type StorePosition } from '#kernel';

import { openSubscription, type Received } from './open-subscription.js';
import { EventStoreUnavailableError } from './port.js';
import type { RecordedEvent, StreamTruncation } from './port.js';
import { readErrorOf } from './receive-events.js';
import { ReceivedItems } from './received-items.js';
import { recordedEventOf } from './recorded-event.js';
import type { StoreClient } from './store-client.js';

const metadataType = '$metadata';
const tombstoneType = '$streamDeleted';
const metadataStreamPrefix = '$$';
const takenItemsMax = 1_024;

/** How far is looked, and how long the node may stay silent meanwhile. */
export interface TruncationSearch {
  readonly streamPrefix: string;
  /** The last event of `$all` when the search began. */
  readonly end: StorePosition;
  readonly silenceMilliseconds: number;
}

/**
 * Looks through `$all` for what truncates or deletes streams under the prefix. The node filters by
 * type: a tombstone stands in the stream itself, everything else in the metadata stream beside it.
 *
 * It ends where the node says that it has caught up, or at the end that was given, since nodes before
 * release 23.10 never say so.
 *
 * @throws EventStoreUnavailableError when the store cannot be reached or stays silent too long.
 */
export async function* findTruncations(
  client: StoreClient,
  { streamPrefix, end, silenceMilliseconds }: TruncationSearch,
): AsyncGenerator<StreamTruncation> {
  const typePrefixes = [metadataType, tombstoneType];
  const subscription = openSubscription(client.current, { typePrefixes }, 'start');
  const received = new ReceivedItems<Received>(subscription);
  try {
    for (;;) {
      const items = received.take(takenItemsMax);
      for (const item of items) {
        const event = 'kind' in item ? undefined : recordedEventOf(item);
        const truncation = event && truncationOf(event);
        if (truncation?.stream.startsWith(streamPrefix)) yield truncation;
        if (event ? isAtOrAfter(event.position, end) : isEnd(item, end)) return;
      }
      if (items.length > 0) continue;
      if (received.over) throw readErrorOf(received.failure ?? new Error('the node ended it'));
      if ((await received.changed(silenceMilliseconds)) === 'timeout') {
        throw new EventStoreUnavailableError(
          `The event store sent nothing for ${silenceMilliseconds} ms while truncations were looked for.`,
        );
      }
    }
  } finally {
    await subscription.unsubscribe().catch(() => undefined);
  }
}

function isEnd(item: Received, end: StorePosition): boolean {
  if (!('kind' in item)) return false;
  return item.kind === 'caught_up' || isAtOrAfter(item.position, end);
}

function isAtOrAfter(position: StorePosition, end: StorePosition): boolean {
  return comparePositions(position, end) >= 0;
}

/** What an event does to a stream, or undefined where it hides nothing. */
export function truncationOf(event: RecordedEvent): StreamTruncation | undefined {
  const { stream, type, data, position } = event;
  if (type === tombstoneType) return { stream, kind: 'tombstoned', position };
  if (type !== metadataType || !stream.startsWith(metadataStreamPrefix)) return undefined;
  const kind = kindOf(data);
  return kind && { stream: stream.slice(metadataStreamPrefix.length), kind, position };
}

/** The store ignores values that are no positive number, and so do we. */
function kindOf(data: unknown): 'truncated' | 'deleted' | undefined {
  const metadata = data instanceof Uint8Array ? parsed(data) : data;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const { $maxCount, $maxAge, $tb } = metadata as Readonly<Record<string, unknown>>;
  // A soft delete is the largest revision there is, 2^63 - 1, which JavaScript reads as about that.
  if (isAbove($tb, Number.MAX_SAFE_INTEGER)) return 'deleted';
  return [$maxCount, $maxAge, $tb].some((value) => isAbove(value, 0)) ? 'truncated' : undefined;
}

/** The store obeys metadata whatever content type somebody gave it. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isAbove(value: unknown, bound: number): boolean {
  return typeof value === 'number' && value > bound;
}
