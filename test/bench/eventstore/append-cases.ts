import { type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { benchEvent } from './bench-event.js';

/** Streams grow to this length, as an order's does, before the next is begun. */
const streamEventsMax = 10;

/** What one run appends: so many appends of so many events, so many of them at a time. */
export interface AppendLoad {
  readonly appends: number;
  readonly eventsEach: number;
  readonly inFlight: number;
}

/** Names that no run before has used on this node. */
export type StreamNames = (name: string) => string;

/** Appends at exact revisions to short streams, each of them written by one worker alone. */
export async function appendToShortStreams(
  client: EventStoreDBClient,
  load: AppendLoad,
  names: StreamNames,
): Promise<void> {
  let begun = 0;
  const work = async (worker: number): Promise<void> => {
    let stream = '';
    let length = streamEventsMax;
    for (let number = begun++; number < load.appends; number = begun++) {
      if (length >= streamEventsMax) {
        stream = names(`${worker}-${number}`);
        length = 0;
      }
      await appendAt(client, stream, length, number, load.eventsEach);
      length += load.eventsEach;
    }
  };
  await Promise.all(Array.from({ length: load.inFlight }, (_, worker) => work(worker)));
}

/** Appends at exact revisions to one stream, one append after the other. */
export async function appendToOneStream(
  client: EventStoreDBClient,
  { appends, eventsEach }: AppendLoad,
  names: StreamNames,
): Promise<void> {
  const stream = names('hot');
  for (let number = 0; number < appends; number += 1) {
    await appendAt(client, stream, number * eventsEach, number, eventsEach);
  }
}

async function appendAt(
  client: EventStoreDBClient,
  stream: string,
  length: number,
  number: number,
  count: number,
): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => benchEvent(number + index));
  const expectedRevision = length === 0 ? NO_STREAM : BigInt(length - 1);
  await client.appendToStream(stream, events, { expectedRevision });
}
