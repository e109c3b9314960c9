import type { StorePosition } from '#kernel';

/** An event on its way into a stream. */
export interface EventToAppend {
  readonly eventId: string;
  readonly type: string;
  /** JSON; the store counts the bytes of this alone against its limit of 1,048,576 an append. */
  readonly data: object;
  readonly metadata: object;
}

/** The revision the stream must stand at. There is no "any": with it a repeat is written twice. */
export type ExpectedRevision = number | 'no_stream';

export interface AppendRequest {
  /** The full stream name, with the ledger's prefix. */
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  /** At least one. All of them are written, in this order and next to each other, or none. */
  readonly events: readonly EventToAppend[];
}

export type AppendOutcome =
  | {
      readonly outcome: 'appended';
      /** The revision of the last event of this append. */
      readonly revision: number;
      readonly position: StorePosition;
    }
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision }
  | {
      readonly outcome: 'refused';
      readonly code:
        'append_too_large' | 'stream_deleted' | 'stream_protected' | 'name_empty' | 'append_empty';
      readonly message: string;
    }
  /** Nobody knows whether it was written: the caller may only send the identical append again. */
  | {
      readonly outcome: 'unknown';
      readonly message: string;
      /** The store said that its disk is full, so that trying on would be in vain. */
      readonly cause?: 'store_full';
    };

/** An event as the store gives it back. */
export interface RecordedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly position: StorePosition;
}

export interface ReadStreamRequest {
  readonly stream: string;
  readonly fromRevision: number | 'start' | 'end';
  readonly direction: 'forwards' | 'backwards';
  readonly eventsMax: number;
}

export type ReadStreamOutcome =
  | { readonly outcome: 'read'; readonly events: readonly RecordedEvent[] }
  | { readonly outcome: 'stream_not_found' };

/** What a subscription to `$all` yields, in the store's order. */
export type SubscriptionItem =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Everything up to here was looked at; nothing behind it is still to come. */
  | { readonly kind: 'checkpoint'; readonly position: StorePosition }
  /** From here on events come as they are written. */
  | { readonly kind: 'caught_up' };

export interface SubscribeRequest {
  /** Only streams that begin with this are sent; the store filters. Never empty. */
  readonly streamPrefix: string;
  /** Exclusive; must be the position of an event, as an earlier item or a checkpoint gave it. */
  readonly after: StorePosition | 'start';
  /** Ends the subscription: the iteration then returns. */
  readonly signal: AbortSignal;
}

/** What somebody did to a ledger's stream behind Daybook's back, which never does any of it. */
export interface StreamTruncation {
  readonly stream: string;
  /**
   * - `truncated`: metadata hides events of it (`$maxCount`, `$maxAge` or `$tb`).
   * - `deleted`: a soft delete hides all its events; it takes new ones.
   * - `tombstoned`: it was deleted for good and takes none.
   */
  readonly kind: 'truncated' | 'deleted' | 'tombstoned';
  /** Where in `$all` it was done; the hidden events stay there until the store is scavenged. */
  readonly position: StorePosition;
}

/**
 * The store of truth. One total order (`$all`), one stream a thing.
 *
 * Acknowledged means durable. Errors that mean "the store cannot be reached now" reject with
 * {@link EventStoreUnavailableError} on reads; on appends they are `unknown`, after the identical
 * append was sent again until the deadline.
 *
 * There is no delete, no tombstone and no metadata here, and streams of the store's own (`$…`, thereby
 * the metadata of any stream) are refused as `stream_protected`: nothing recorded is ever removed.
 */
export interface EventStore {
  append(request: AppendRequest): Promise<AppendOutcome>;
  readStream(request: ReadStreamRequest): Promise<ReadStreamOutcome>;
  /** Every event of `$all` under the prefix from the start or after a position, without live events. */
  readAll(request: {
    readonly streamPrefix: string;
    readonly after: StorePosition | 'start';
  }): AsyncIterable<RecordedEvent>;
  /** The last event under the prefix, or undefined where there is none; what a lag is measured by. */
  readTail(streamPrefix: string): Promise<RecordedEvent | undefined>;
  /**
   * The event at exactly this position, or undefined where none is. A position that came from
   * outside is asked for only after it was checked against the tail.
   */
  readAt(position: StorePosition): Promise<RecordedEvent | undefined>;
  /**
   * Every attempt to truncate or delete a stream under the prefix that the store obeyed, in the order
   * of `$all`, up to what stood there when it was asked. The store filters; nothing is missed where
   * the metadata was changed back afterwards.
   */
  findTruncations(streamPrefix: string): AsyncIterable<StreamTruncation>;
  /**
   * Reconnects by itself after the last event received, without gap or repeat, until aborted.
   *
   * `caught_up` comes again after each reconnection, and never from a store that does not say so.
   */
  subscribe(request: SubscribeRequest): AsyncIterable<SubscriptionItem>;
  /**
   * The same items in the same order as {@link EventStore.subscribe}, in chunks of 1 to `itemsMax`:
   * whatever has been received, as soon as that is at least one. Waiting once a chunk, not once an
   * event, is what a consumer of tens of thousands of events a second needs.
   */
  subscribeInBatches(
    request: SubscribeRequest,
    limits: { readonly itemsMax: number },
  ): AsyncIterable<readonly SubscriptionItem[]>;
  /** Settles what is in flight and closes the connection. */
  close(): Promise<void>;
}

/** A store that is only read: what a process that must not append is given. */
export type EventStoreReader = Omit<EventStore, 'append'>;

/** The store did not answer; nothing is said about what it holds. */
export class EventStoreUnavailableError extends Error {
  override readonly name = 'EventStoreUnavailableError';
}
