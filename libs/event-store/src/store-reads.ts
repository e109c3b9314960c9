import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import type { StorePosition } from '#kernel';

import { receiveEvents, StoreRefusedReadError } from './receive-events.js';
import type { ReadStreamOutcome, ReadStreamRequest, RecordedEvent } from './port.js';
import type { StoreClient } from './store-client.js';

const tailStepEventsMin = 16;
const tailStepEventsMax = 4_096;

/** The reads of the port; each rejects with `EventStoreUnavailableError` where the store is silent. */
export class StoreReads {
  constructor(
    private readonly client: StoreClient,
    /** How long a read may go without anything received. */
    private readonly silenceMilliseconds: number,
  ) {}

  async readStream(request: ReadStreamRequest): Promise<ReadStreamOutcome> {
    const { stream, fromRevision, direction, eventsMax } = request;
    if (eventsMax < 1) throw new RangeError(`A read of ${stream} asks for ${eventsMax} events.`);
    // The node answers this one with an error, though nothing is after the end.
    if (direction === 'forwards' && fromRevision === 'end') return { outcome: 'read', events: [] };
    const read = this.client.current.readStream(stream, {
      direction: direction === 'forwards' ? FORWARDS : BACKWARDS,
      fromRevision: revisionOf(fromRevision),
      maxCount: eventsMax,
    });
    try {
      const events: RecordedEvent[] = [];
      for await (const chunk of receiveEvents(read, this.silenceMilliseconds)) {
        events.push(...chunk);
      }
      return { outcome: 'read', events };
    } catch (error) {
      if (error instanceof StreamNotFoundError) return { outcome: 'stream_not_found' };
      throw error;
    }
  }

  /** Reads `$all` whole: the client cannot filter a read, and a filtered subscription has no sure end. */
  async *readAll(request: {
    readonly streamPrefix: string;
    readonly after: StorePosition | 'start';
  }): AsyncGenerator<RecordedEvent> {
    const { after, streamPrefix } = request;
    const read = this.client.current.readAll({
      direction: FORWARDS,
      fromPosition: after === 'start' ? START : after,
    });
    for await (const chunk of receiveEvents(read, this.silenceMilliseconds)) {
      for (const event of chunk) {
        // Forwards the node begins with the event at the position itself.
        if (after !== 'start' && isAt(event, after)) continue;
        if (event.stream.startsWith(streamPrefix)) yield event;
      }
    }
  }

  async readTail(streamPrefix: string): Promise<RecordedEvent | undefined> {
    let before: StorePosition | undefined;
    for (let step = tailStepEventsMin; ; step = Math.min(step * 4, tailStepEventsMax)) {
      const events = await this.readBackwards(before, step);
      const found = events.find((event) => event.stream.startsWith(streamPrefix));
      if (found || events.length < step) return found;
      before = events.at(-1)?.position;
    }
  }

  /** The position of the last event of `$all`, whatever its stream; undefined in a store without any. */
  async readEnd(): Promise<StorePosition | undefined> {
    const [last] = await this.readBackwards(undefined, 1);
    return last?.position;
  }

  async readAt(position: StorePosition): Promise<RecordedEvent | undefined> {
    // The node refuses such a position with an error that says no more than that it failed.
    if (position.prepare > position.commit) return undefined;
    const read = this.client.current.readAll({
      direction: FORWARDS,
      fromPosition: position,
      maxCount: 1,
    });
    try {
      for await (const [event] of receiveEvents(read, this.silenceMilliseconds)) {
        if (event) return isAt(event, position) ? event : undefined;
      }
      return undefined;
    } catch (error) {
      if (error instanceof StoreRefusedReadError) return undefined;
      throw error;
    }
  }

  /** The events before a position (from the end where none is given), the last one first. */
  private async readBackwards(
    before: StorePosition | undefined,
    eventsMax: number,
  ): Promise<RecordedEvent[]> {
    const read = this.client.current.readAll({
      direction: BACKWARDS,
      fromPosition: before ?? END,
      maxCount: eventsMax,
    });
    const events: RecordedEvent[] = [];
    for await (const chunk of receiveEvents(read, this.silenceMilliseconds)) events.push(...chunk);
    return events;
  }
}

function revisionOf(
  fromRevision: ReadStreamRequest['fromRevision'],
): typeof START | typeof END | bigint {
  if (fromRevision === 'start') return START;
  return fromRevision === 'end' ? END : BigInt(fromRevision);
}

function isAt(event: RecordedEvent, position: StorePosition): boolean {
  return event.position.commit === position.commit && event.position.prepare === position.prepare;
}
