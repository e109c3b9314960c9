import { comparePositions, type StorePosition } from '#kernel';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  EventToAppend,
  ReadStreamOutcome,
  ReadStreamRequest,
  RecordedEvent,
  SubscribeRequest,
  SubscriptionItem,
} from '#event-store';

/** The bytes between two events' positions, so that no position is a count. */
const positionStep = 97n;

/**
 * An event store in memory, for specifications of what reads a store. It is honest about order,
 * positions and expected revisions, and forgets everything with the process.
 */
export class InMemoryEventStore implements EventStore {
  private readonly events: RecordedEvent[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly wakeUps = new Set<() => void>();

  /** Appends one event to the end of its stream. */
  write(stream: string, event: EventToAppend): RecordedEvent {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    const commit = BigInt(this.events.length + 1) * positionStep;
    const recorded: RecordedEvent = {
      stream,
      revision,
      ...event,
      position: { commit, prepare: commit - 1n },
    };
    this.events.push(recorded);
    this.revisions.set(stream, revision);
    for (const wakeUp of this.wakeUps) wakeUp();
    return recorded;
  }

  async append({ stream, expectedRevision, events }: AppendRequest): Promise<AppendOutcome> {
    const actual = this.revisions.get(stream) ?? 'no_stream';
    if (actual !== expectedRevision) return { outcome: 'conflict', actual };
    let last: RecordedEvent | undefined;
    for (const event of events) last = this.write(stream, event);
    if (!last) return { outcome: 'refused', code: 'append_empty', message: 'Nothing to append.' };
    return { outcome: 'appended', revision: last.revision, position: last.position };
  }

  async readStream(request: ReadStreamRequest): Promise<ReadStreamOutcome> {
    const events = this.events.filter((event) => event.stream === request.stream);
    if (events.length === 0) return { outcome: 'stream_not_found' };
    const forwards = request.direction === 'forwards';
    const ordered = forwards ? events : events.toReversed();
    const from = request.fromRevision;
    const wanted = ordered.filter(({ revision }) => {
      if (from === 'start') return forwards || revision === 0;
      if (from === 'end') return !forwards;
      return forwards ? revision >= from : revision <= from;
    });
    return { outcome: 'read', events: wanted.slice(0, request.eventsMax) };
  }

  async *readAll(request: {
    readonly streamPrefix: string;
    readonly after: StorePosition | 'start';
  }): AsyncGenerator<RecordedEvent> {
    for (let index = this.indexAfter(request.after); index < this.events.length; index += 1) {
      const event = this.events[index];
      if (event?.stream.startsWith(request.streamPrefix)) yield event;
    }
  }

  async readTail(streamPrefix: string): Promise<RecordedEvent | undefined> {
    return this.events.findLast((event) => event.stream.startsWith(streamPrefix));
  }

  async readAt(position: StorePosition): Promise<RecordedEvent | undefined> {
    return this.events.find((event) => comparePositions(event.position, position) === 0);
  }

  /** Nothing can be deleted here. */
  async *findTruncations(): AsyncGenerator<never> {
    yield* [];
  }

  async *subscribe(request: SubscribeRequest): AsyncGenerator<SubscriptionItem> {
    for await (const items of this.subscribeInBatches(request, { itemsMax: 1 })) yield* items;
  }

  async *subscribeInBatches(
    { streamPrefix, after, signal }: SubscribeRequest,
    { itemsMax }: { readonly itemsMax: number },
  ): AsyncGenerator<readonly SubscriptionItem[]> {
    let next = this.indexAfter(after);
    let caughtUp = false;
    while (!signal.aborted) {
      const items: SubscriptionItem[] = [];
      for (; next < this.events.length && items.length < itemsMax; next += 1) {
        const event = this.events[next];
        if (event?.stream.startsWith(streamPrefix)) items.push({ kind: 'event', event });
      }
      if (items.length > 0) yield items;
      else if (!caughtUp) {
        caughtUp = true;
        yield [{ kind: 'caught_up' }];
      } else await this.nextWrite(signal);
    }
  }

  async close(): Promise<void> {
    for (const wakeUp of this.wakeUps) wakeUp();
  }

  private indexAfter(after: StorePosition | 'start'): number {
    return after === 'start' ? 0 : Number(after.commit / positionStep);
  }

  private async nextWrite(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wakeUp = (): void => {
        this.wakeUps.delete(wakeUp);
        signal.removeEventListener('abort', wakeUp);
        resolve();
      };
      this.wakeUps.add(wakeUp);
      signal.addEventListener('abort', wakeUp);
    });
  }
}
