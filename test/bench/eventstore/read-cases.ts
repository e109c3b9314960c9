import { once } from 'node:events';
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  type Position,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { benchEvent } from './bench-event.js';

const appendEventsMax = 500;
/** The node sends a checkpoint after 32 times so many events of other streams. */
const checkpointInterval = 32;

/** Events written to be read again. */
export interface Corpus {
  /** One of its streams, and how many events it has. */
  readonly stream: string;
  readonly streamEvents: number;
  /** All of its streams begin so, and no other. */
  readonly prefix: string;
  readonly events: number;
  /** The last event of `$all` that was there before. */
  readonly after: Position | typeof START;
}

/** The corpus that the floor's node gives without having been written to. */
export function floorCorpus(events: number): Corpus {
  return { stream: 'floor', streamEvents: events / 2, prefix: 'floor', events, after: START };
}

/** Writes two streams of half the events each, in turn. */
export async function writeCorpus(
  client: EventStoreDBClient,
  prefix: string,
  events: number,
): Promise<Corpus> {
  const after = await lastPosition(client);
  const half = events / 2;
  for (let from = 0; from < half; from += appendEventsMax) {
    const count = Math.min(appendEventsMax, half - from);
    const batch = Array.from({ length: count }, (_, index) => benchEvent(from + index));
    await Promise.all(
      ['one', 'two'].map((name) => client.appendToStream(`${prefix}-${name}`, batch)),
    );
  }
  return { stream: `${prefix}-one`, streamEvents: half, prefix, events, after };
}

async function lastPosition(client: EventStoreDBClient): Promise<Position | typeof START> {
  const last = client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 });
  for await (const { event } of last) if (event) return event.position;
  return START;
}

export async function readOneStream(client: EventStoreDBClient, corpus: Corpus): Promise<void> {
  let count = 0;
  const events = client.readStream(corpus.stream, { maxCount: corpus.streamEvents });
  events.on('data', () => (count += 1));
  await once(events, 'end');
  if (count !== corpus.streamEvents) throw new Error(`${count} of ${corpus.streamEvents} read.`);
}

/** Catches up on `$all` until every event of the corpus has come. */
export async function catchUpOnAll(
  client: EventStoreDBClient,
  corpus: Corpus,
  isFiltered: boolean,
): Promise<void> {
  const filter = streamNameFilter({ prefixes: [corpus.prefix], checkpointInterval });
  const subscription = client.subscribeToAll({
    fromPosition: corpus.after,
    ...(isFiltered ? { filter } : {}),
  });
  let count = 0;
  subscription.on('data', ({ event }) => {
    if (event?.type !== 'BenchMeasured') return;
    count += 1;
    if (count === corpus.events) subscription.emit('counted');
  });
  await once(subscription, 'counted');
  await subscription.unsubscribe();
}
