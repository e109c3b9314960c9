import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { startEmbeddedEventStore, type RunningEventStore } from '#embedded-event-store';
import {
  connectEventStore,
  type AppendOutcome,
  type EventStore,
  type EventStoreOptions,
  type EventToAppend,
  type ExpectedRevision,
  type Measured,
  type SubscriptionItem,
} from '#event-store';

/** A folder for one test's log, removed when the test is over. */
export async function givenFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'daybook-event-store-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A node that runs until the test is over. */
export async function givenNode(): Promise<RunningEventStore> {
  const node = await startEmbeddedEventStore({ directory: await givenFolder() });
  onTestFinished(() => node.stop());
  return node;
}

/** An appending connection that is closed when the test is over. */
export function givenStore(options: EventStoreOptions): EventStore & Measured {
  const store = connectEventStore(options);
  onTestFinished(() => store.close());
  return store;
}

export function eventsToAppend(count: number, data: object = { amount: 1 }): EventToAppend[] {
  return Array.from({ length: count }, () => ({
    eventId: randomUUID(),
    type: 'OrderCaptured',
    data,
    metadata: { kind: 'fact' },
  }));
}

/** Writes so many events to a stream that stands where it is said to stand. */
export async function write(
  store: EventStore,
  stream: string,
  expectedRevision: ExpectedRevision,
  events: readonly EventToAppend[],
): Promise<Extract<AppendOutcome, { outcome: 'appended' }>> {
  const outcome = await store.append({ stream, expectedRevision, events });
  if (outcome.outcome !== 'appended') throw new Error(`Not appended: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Fills a stream with many events, in appends of five hundred. */
export async function fill(
  store: EventStore,
  stream: string,
  count: number,
  data?: object,
): Promise<string[]> {
  const events = eventsToAppend(count, data);
  for (let first = 0; first < count; first += 500) {
    await write(
      store,
      stream,
      first === 0 ? 'no_stream' : first - 1,
      events.slice(first, first + 500),
    );
  }
  return events.map((event) => event.eventId);
}

/** The ids of the events among items of a subscription, in their order. */
export function eventIdsOf(items: readonly SubscriptionItem[]): string[] {
  return items.flatMap((item) => (item.kind === 'event' ? [item.event.eventId] : []));
}

/** So many turns of the event loop: time for everything that does not wait for the network. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}
