import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  ReadStreamOutcome,
  ReadStreamRequest,
  RecordedEvent,
  StreamTruncation,
  SubscribeRequest,
  SubscriptionItem,
} from '#event-store';
import type { StorePosition } from '#kernel';

/** What happens to one append on its way. */
export type Fault =
  /** It is written, and the answer is lost. */
  | 'answer_lost'
  /** It never arrives. */
  | 'request_lost'
  /** It is written late: only when the next call is made. */
  | 'delayed'
  | 'none';

/**
 * A store whose network fails by plan, and which recognises a repeated append by its ids as
 * EventStoreDB does. Everything else goes to the store behind it.
 */
export class FaultyEventStore implements EventStore {
  readonly appends: AppendRequest[] = [];
  readonly #store: EventStore;
  readonly #faults: Fault[];
  #delayed: AppendRequest | undefined;

  constructor(store: EventStore, faults: readonly Fault[] = []) {
    this.#store = store;
    this.#faults = [...faults];
  }

  /** The fate of the next appends. */
  plan(...faults: readonly Fault[]): void {
    this.#faults.push(...faults);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.appends.push(request);
    const fault = this.#faults.shift() ?? 'none';
    const lost: AppendOutcome = { outcome: 'unknown', message: 'No answer came.' };
    if (fault === 'request_lost') return lost;
    if (fault === 'delayed') {
      this.#delayed = request;
      return lost;
    }
    const outcome = await this.#appendOnce(request);
    await this.#deliverDelayed();
    return fault === 'answer_lost' ? lost : outcome;
  }

  async readStream(request: ReadStreamRequest): Promise<ReadStreamOutcome> {
    const outcome = await this.#store.readStream(request);
    await this.#deliverDelayed();
    return outcome;
  }

  readAll(request: {
    readonly streamPrefix: string;
    readonly after: StorePosition | 'start';
  }): AsyncIterable<RecordedEvent> {
    return this.#store.readAll(request);
  }

  readTail(streamPrefix: string): Promise<RecordedEvent | undefined> {
    return this.#store.readTail(streamPrefix);
  }

  readAt(position: StorePosition): Promise<RecordedEvent | undefined> {
    return this.#store.readAt(position);
  }

  findTruncations(streamPrefix: string): AsyncIterable<StreamTruncation> {
    return this.#store.findTruncations(streamPrefix);
  }

  subscribe(request: SubscribeRequest): AsyncIterable<SubscriptionItem> {
    return this.#store.subscribe(request);
  }

  subscribeInBatches(
    request: SubscribeRequest,
    options: { readonly itemsMax: number },
  ): AsyncIterable<readonly SubscriptionItem[]> {
    return this.#store.subscribeInBatches(request, options);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  async #deliverDelayed(): Promise<void> {
    const delayed = this.#delayed;
    this.#delayed = undefined;
    if (delayed) await this.#appendOnce(delayed);
  }

  async #appendOnce(request: AppendRequest): Promise<AppendOutcome> {
    const first = request.expectedRevision === 'no_stream' ? 0 : request.expectedRevision + 1;
    const read = await this.#store.readStream({
      stream: request.stream,
      fromRevision: first,
      direction: 'forwards',
      eventsMax: request.events.length,
    });
    const standing = read.outcome === 'read' ? read.events : [];
    const last = standing.at(-1);
    const isRepeat =
      last !== undefined &&
      standing.length === request.events.length &&
      standing.every(({ eventId }, index) => eventId === request.events[index]?.eventId);
    return isRepeat
      ? { outcome: 'appended', revision: last.revision, position: last.position }
      : this.#store.append(request);
  }
}
