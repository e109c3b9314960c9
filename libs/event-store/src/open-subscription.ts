import { eventTypeFilter, START, streamNameFilter } from '@eventstore/db-client';
import type {
  AllStreamSubscription,
  EventStoreDBClient,
  ResolvedEvent,
} from '@eventstore/db-client';
import type { StorePosition } from '#kernel';

import type { SubscriptionItem } from './port.js';

/**
 * What is kept between the network and a consumer that pauses: this many items, and as many again
 * before they are decoded.
 */
const bufferItemsMax = 1_024;
/**
 * The node sends a checkpoint after 32 times so many events it has looked at. One after every 32
 * would cost a catch-up more than the events themselves, and one never passes an event of ours.
 */
const checkpointInterval = 32;

/** What tells how far a subscription has come, between its events. */
export type Marker = Exclude<SubscriptionItem, { readonly kind: 'event' }>;
export type Received = ResolvedEvent | Marker;

/** What the node sends of `$all`. */
export type SentEvents =
  { readonly streamPrefixes: readonly string[] } | { readonly typePrefixes: readonly string[] };

/** Subscribes to a part of `$all`; the stream that is given yields what is {@link Received}, in order. */
export function openSubscription(
  client: EventStoreDBClient,
  sent: SentEvents,
  after: StorePosition | 'start',
): AllStreamSubscription {
  const options = {
    checkpointInterval,
    // Into the same buffer as the events, so that a checkpoint never overtakes one of them.
    checkpointReached: (passed: AllStreamSubscription, position: StorePosition): void => {
      passed.push({ kind: 'checkpoint', position } satisfies Marker);
    },
  };
  const filter =
    'streamPrefixes' in sent
      ? streamNameFilter({ prefixes: [...sent.streamPrefixes], ...options })
      : eventTypeFilter({ prefixes: [...sent.typePrefixes], ...options });
  const subscription = client.subscribeToAll(
    { fromPosition: after === 'start' ? START : after, filter },
    { highWaterMark: bufferItemsMax },
  );
  subscription.on('caughtUp', () => {
    subscription.push({ kind: 'caught_up' } satisfies Marker);
  });
  return subscription;
}
