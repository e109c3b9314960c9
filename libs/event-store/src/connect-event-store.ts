import { appendAnswersDropped } from './append-answer-guard.js';
import { Appender } from './appender.js';
import { claimAppending } from './appending-claim.js';
import { completeConnectionString } from './connection-string.js';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  EventStoreReader,
  ReadStreamOutcome,
  ReadStreamRequest,
  RecordedEvent,
  StreamTruncation,
  SubscribeRequest,
  SubscriptionItem,
} from './port.js';
import type { StorePosition } from '#kernel';
import { StoreClient } from './store-client.js';
import { StoreNotices } from './store-notices.js';
import type { StoreNotice } from './store-notices.js';
import { StoreReads } from './store-reads.js';
import { findTruncations } from './truncations.js';
import { subscribeInBatches } from './subscription.js';

export interface EventStoreOptions {
  /** `esdb://host:port?tls=false` for one node, `esdb://a,b,c` or `esdb+discover://` for a cluster. */
  readonly connectionString: string;
  /** How long an append is sent again before its fate is called unknown; 30 seconds. */
  readonly appendDeadlineMilliseconds?: number;
  /** How long the first attempt of an append may stay unanswered, doubled after each; 5 seconds. */
  readonly appendAttemptMilliseconds?: number;
  /** How long a read may go without anything received; 10 seconds. */
  readonly readSilenceMilliseconds?: number;
  /** How often, and how long for, a silent connection is asked whether it lives; 3 seconds. */
  readonly keepAliveMilliseconds?: number;
  /** Takes what an operator may want to read, each code at most once a minute. */
  readonly report?: (notice: StoreNotice) => void;
}

/** Counts since the connection was made (dropped answers: since the process began). */
export interface EventStoreStatistics {
  readonly appendsUnanswered: number;
  readonly appendAnswersDropped: number;
  readonly subscriptionsTooSlow: number;
  readonly subscriptionsInterrupted: number;
}

/** What every connection adds to the port. */
export interface Measured {
  statistics(): EventStoreStatistics;
}

const itemsMaxOfSubscribe = 1_024;

/**
 * Connects to EventStoreDB; nothing is sent before the first call.
 *
 * One appending connection a process: the client shares its pending appends between clients, so that
 * the failure of one would lose the answers of another. A process or part that only reads connects
 * with `access: 'read'`, as often as it likes.
 *
 * @throws Error when this process already holds an appending connection that is not closed.
 */
export function connectEventStore(
  options: EventStoreOptions & { readonly access: 'read' },
): EventStoreReader & Measured;
export function connectEventStore(
  options: EventStoreOptions & { readonly access?: 'append' },
): EventStore & Measured;
export function connectEventStore(
  options: EventStoreOptions & { readonly access?: 'append' | 'read' },
): EventStoreReader & Measured {
  return options.access === 'read' ? new StoreReader(options) : new AppendingStore(options);
}

class StoreReader implements EventStoreReader, Measured {
  protected readonly connectionString: string;
  protected readonly notices: StoreNotices;
  protected readonly reads: StoreReads;
  private readonly readingClient: StoreClient;
  private readonly readSilenceMilliseconds: number;
  private readonly closing = new AbortController();

  constructor(options: EventStoreOptions) {
    this.connectionString = completeConnectionString(
      options.connectionString,
      options.keepAliveMilliseconds,
    );
    this.notices = new StoreNotices(options.report ?? ((): void => undefined));
    this.readingClient = new StoreClient(this.connectionString);
    this.readSilenceMilliseconds = options.readSilenceMilliseconds ?? 10_000;
    this.reads = new StoreReads(this.readingClient, this.readSilenceMilliseconds);
  }

  readStream(request: ReadStreamRequest): Promise<ReadStreamOutcome> {
    return this.reads.readStream(request);
  }

  readAll(request: {
    readonly streamPrefix: string;
    readonly after: StorePosition | 'start';
  }): AsyncIterable<RecordedEvent> {
    return this.reads.readAll(request);
  }

  readTail(streamPrefix: string): Promise<RecordedEvent | undefined> {
    return this.reads.readTail(streamPrefix);
  }

  readAt(position: StorePosition): Promise<RecordedEvent | undefined> {
    return this.reads.readAt(position);
  }

  async *findTruncations(streamPrefix: string): AsyncGenerator<StreamTruncation> {
    const end = await this.reads.readEnd();
    if (end === undefined) return;
    const silenceMilliseconds = this.readSilenceMilliseconds;
    const search = { streamPrefix, end, silenceMilliseconds };
    yield* findTruncations(this.readingClient, search);
  }

  async *subscribe(request: SubscribeRequest): AsyncGenerator<SubscriptionItem> {
    const batches = this.subscribeInBatches(request, { itemsMax: itemsMaxOfSubscribe });
    for await (const items of batches) {
      for (const item of items) {
        if (request.signal.aborted) return;
        yield item;
      }
    }
  }

  subscribeInBatches(
    request: SubscribeRequest,
    limits: { readonly itemsMax: number },
  ): AsyncIterable<readonly SubscriptionItem[]> {
    const signal = AbortSignal.any([request.signal, this.closing.signal]);
    return subscribeInBatches(
      this.readingClient,
      this.notices,
      { ...request, signal },
      limits.itemsMax,
    );
  }

  statistics(): EventStoreStatistics {
    return {
      appendsUnanswered: this.notices.total('append_unanswered'),
      appendAnswersDropped: appendAnswersDropped(),
      subscriptionsTooSlow: this.notices.total('subscription_too_slow'),
      subscriptionsInterrupted: this.notices.total('subscription_interrupted'),
    };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.readingClient.close();
    this.notices.close();
  }
}

class AppendingStore extends StoreReader implements EventStore {
  private readonly appendingClient: StoreClient;
  private readonly appender: Appender;
  private readonly releaseClaim: () => void;
  private isClosing = false;

  constructor(options: EventStoreOptions) {
    super(options);
    this.releaseClaim = claimAppending();
    // A connection of its own: what goes wrong with a read or subscription never touches an append.
    this.appendingClient = new StoreClient(this.connectionString);
    const limits = {
      deadlineMilliseconds: options.appendDeadlineMilliseconds ?? 30_000,
      attemptMilliseconds: options.appendAttemptMilliseconds ?? 5_000,
    };
    this.appender = new Appender(this.appendingClient, this.reads, limits, this.notices);
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    if (this.isClosing) return Promise.reject(new Error('The event store connection is closed.'));
    return this.appender.append(request);
  }

  override async close(): Promise<void> {
    this.isClosing = true;
    await this.appender.settled();
    await this.appendingClient.close();
    this.releaseClaim();
    await super.close();
  }
}
