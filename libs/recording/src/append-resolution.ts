import { setTimeout as pause } from 'node:timers/promises';
import {
  type AppendOutcome,
  type AppendRequest,
  type EventStore,
  EventStoreUnavailableError,
  type RecordedEvent,
} from '#event-store';
import type { RecorderLimits } from './recorder-limits.js';
import type { RecordingCounters } from './recording-counters.js';

/** Where an append is looked for, and how long. */
export interface ResolutionSurroundings {
  readonly store: EventStore;
  readonly limits: Pick<RecorderLimits, 'unknownRoundsMax' | 'unknownPauseMilliseconds'>;
  readonly counters: RecordingCounters;
}

/**
 * Finds out what became of an append without an answer. Its mailbox does nothing else meanwhile.
 *
 * The stream is read behind the last event that was acknowledged. Either the append stands there;
 * or another one does, and this one can never be written any more; or nothing does, and the
 * identical append is sent again, which writes it once however many of them arrive. Where the
 * store cannot be asked to the end, the outcome stays `unknown`.
 */
export async function resolveAppend(
  request: AppendRequest,
  lost: AppendOutcome,
  { store, limits, counters }: ResolutionSurroundings,
): Promise<AppendOutcome> {
  let last = lost;
  for (let round = 0; round < limits.unknownRoundsMax; round += 1) {
    if (round > 0) await pause(limits.unknownPauseMilliseconds);
    const standing = await readPlaceOf(request, store);
    if (standing === undefined) continue;
    const end = standing.at(-1);
    if (end !== undefined) {
      counters.unknownResolved += 1;
      return isWhole(request, standing)
        ? { outcome: 'appended', revision: end.revision, position: end.position }
        : { outcome: 'conflict', actual: end.revision };
    }
    last = await store.append(request);
    if (last.outcome === 'unknown') {
      // More rounds make no room; whoever sent it is told, and sends it again.
      if (last.cause === 'store_full') break;
      continue;
    }
    counters.unknownResolved += 1;
    return last;
  }
  return last;
}

/** What stands where the append would stand; undefined where the store does not answer. */
async function readPlaceOf(
  { stream, expectedRevision, events }: AppendRequest,
  store: EventStore,
): Promise<readonly RecordedEvent[] | undefined> {
  try {
    const read = await store.readStream({
      stream,
      fromRevision: expectedRevision === 'no_stream' ? 0 : expectedRevision + 1,
      direction: 'forwards',
      eventsMax: events.length,
    });
    return read.outcome === 'read' ? read.events : [];
  } catch (error) {
    if (error instanceof EventStoreUnavailableError) return undefined;
    throw error;
  }
}

/**
 * True where exactly this append stands there. Its first event alone may stand there by another
 * process, which was told the same fact and knew no more of it.
 */
function isWhole(request: AppendRequest, standing: readonly RecordedEvent[]): boolean {
  return request.events.every(({ eventId }, index) => standing[index]?.eventId === eventId);
}
