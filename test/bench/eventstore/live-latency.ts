import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { END, EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { benchEvent } from './bench-event.js';

const appendsPerSecond = 200;

/** Milliseconds from the call that appends to the subscriber that receives. */
export interface LiveLatency {
  readonly median: number;
  readonly percentile99: number;
}

/** Appends at a steady rate with one client while another is subscribed to `$all` by prefix. */
export async function measureLiveLatency(
  connectionString: string,
  prefix: string,
  appends: number,
): Promise<LiveLatency> {
  const writer = EventStoreDBClient.connectionString`${connectionString}`;
  const reader = EventStoreDBClient.connectionString`${connectionString}`;
  const filter = streamNameFilter({ prefixes: [prefix] });
  const subscription = reader.subscribeToAll({ fromPosition: END, filter });
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  subscription.on('data', ({ event }) => {
    const sent = sentAt.get(event?.id ?? '');
    if (sent === undefined) return;
    latencies.push(performance.now() - sent);
    if (latencies.length === appends) subscription.emit('counted');
  });
  await once(subscription, 'confirmation');
  const counted = once(subscription, 'counted');
  await appendSteadily(writer, prefix, appends, sentAt);
  await counted;
  await subscription.unsubscribe();
  await Promise.all([writer.dispose(), reader.dispose()]);
  latencies.sort((left, right) => left - right);
  const at = (share: number): number => latencies[Math.floor(appends * share)] ?? 0;
  return { median: at(0.5), percentile99: at(0.99) };
}

async function appendSteadily(
  writer: EventStoreDBClient,
  prefix: string,
  appends: number,
  sentAt: Map<string, number>,
): Promise<void> {
  const answers: Promise<unknown>[] = [];
  const from = performance.now();
  for (let number = 0; number < appends; number += 1) {
    const due = from + (number * 1_000) / appendsPerSecond;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    const event = benchEvent(number);
    sentAt.set(event.id, performance.now());
    answers.push(writer.appendToStream(`${prefix}-${number}`, event));
  }
  await Promise.all(answers);
}
