import { comparePositions, type StorePosition } from '#kernel';
import type { EventStoreReader, RecordedEvent } from '#event-store';

/** How far tables are behind the store, by a read of the store that no projector had a part in. */
export interface Lag {
  /** Events of the ledger that are not applied, counted up to a bound. */
  readonly eventsBehind: number;
  /** False where there are at least so many, and more were not counted. */
  readonly isExact: boolean;
  /** When the oldest of them was recorded, where it says so. */
  readonly oldestRecordedAt: string | undefined;
}

export interface LagRequest {
  readonly store: EventStoreReader;
  readonly streamPrefix: string;
  readonly recordedAtOf: (event: RecordedEvent) => string | undefined;
  /** More are not counted; 1,000 where it is left out. */
  readonly countedEventsMax?: number;
}

const countedEventsMaxDefault = 1_000;
const none: Lag = { eventsBehind: 0, isExact: true, oldestRecordedAt: undefined };

/** Counts what the store holds behind a position; undefined stands before the first event. */
export async function measureLag(
  { store, streamPrefix, recordedAtOf, countedEventsMax = countedEventsMaxDefault }: LagRequest,
  position: StorePosition | undefined,
): Promise<Lag> {
  const tail = await store.readTail(streamPrefix);
  if (tail === undefined) return none;
  if (position && comparePositions(position, tail.position) >= 0) return none;
  let eventsBehind = 0;
  let oldestRecordedAt: string | undefined;
  for await (const event of store.readAll({ streamPrefix, after: position ?? 'start' })) {
    eventsBehind += 1;
    if (eventsBehind === 1) oldestRecordedAt = recordedAtOf(event);
    if (eventsBehind >= countedEventsMax) {
      return { eventsBehind, isExact: false, oldestRecordedAt };
    }
  }
  return { eventsBehind, isExact: true, oldestRecordedAt };
}
