import type { EventStoreReader, RecordedEvent, SubscriptionItem } from '#event-store';
import type { StorePosition } from '#kernel';

/** An event of the ledger on its way to a group. */
export interface FedEvent extends RecordedEvent {
  /** SHA-256 of its canonical leaf, where that is worked out already. */
  readonly leafDigest?: Uint8Array;
}

/** What a feed yields: a store's subscription, its events perhaps with their digests. */
export type FeedItem =
  | { readonly kind: 'event'; readonly event: FedEvent }
  | Exclude<SubscriptionItem, { readonly kind: 'event' }>;

/** Where a group's events come from, in the store's order and for as long as it runs. */
export interface EventFeed {
  /** Chunks of at least one item, until the signal ends them. @throws whatever ends it otherwise. */
  subscribe(request: {
    /** Exclusive. */
    readonly after: StorePosition | 'start';
    readonly signal: AbortSignal;
  }): AsyncIterable<readonly FeedItem[]>;
}

const chunkItemsMax = 1_024;

/** Reads the store on the thread that folds. */
export function directFeed(store: EventStoreReader, streamPrefix: string): EventFeed {
  return {
    subscribe: (request) =>
      store.subscribeInBatches({ streamPrefix, ...request }, { itemsMax: chunkItemsMax }),
  };
}
