import {
  jsonEvent,
  type AllStreamSubscription,
  type AppendExpectedRevision,
  type EventData,
  type EventStoreDBClient,
  type ResolvedEvent,
  type StreamSubscription,
} from '@eventstore/db-client';

/* What a server says, in texts short enough to be compared at a glance. */

/** Events `first`, `first + 1`, … of a type, told apart by their data. */
export function events(count: number, first = 0, type = 'T'): EventData[] {
  return Array.from({ length: count }, (_, index) =>
    jsonEvent({ type, data: { number: first + index } }),
  );
}

/** The client's name of an error. */
export function errorType(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'type' in error) return String(error.type);
  throw error;
}

/** `ok`, `<expected>≠<actual>`, or the client's name of the error. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    const type = errorType(error);
    if (type !== 'wrong-expected-version') return type;
    const { expectedVersion, actualVersion } = error as Record<string, unknown>;
    return `${String(expectedVersion)}≠${String(actualVersion)}`;
  }
}

/** {@link outcome} of an append, with the revision it came to. */
export async function appended(
  client: EventStoreDBClient,
  stream: string,
  sent: EventData | EventData[],
  expectedRevision: AppendExpectedRevision = 'any',
): Promise<string> {
  let revision = '';
  const append = client.appendToStream(stream, sent, { expectedRevision }).then((result) => {
    revision = ` ${result.nextExpectedRevision}`;
  });
  return `${await outcome(append)}${revision}`;
}

/** The events of a read as `revision type, …`, `nothing`, or the client's name of the error. */
export async function outline(read: AsyncIterable<ResolvedEvent>): Promise<string> {
  const lines: string[] = [];
  try {
    for await (const { event } of read) lines.push(`${event?.revision} ${event?.type}`);
  } catch (error) {
    return errorType(error);
  }
  return lines.length === 0 ? 'nothing' : lines.join(', ');
}

/** The events of a read, errors thrown. */
export async function collect(read: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const resolved: ResolvedEvent[] = [];
  for await (const event of read) resolved.push(event);
  return resolved;
}

/** Everything a subscription says, in order, as it comes. */
export function transcribe(subscription: AllStreamSubscription | StreamSubscription): string[] {
  const lines: string[] = [];
  (subscription as AllStreamSubscription)
    .on('confirmation', () => lines.push('confirmation'))
    .on('caughtUp', () => lines.push('caughtUp'))
    .on('error', (error) => lines.push(`error ${errorType(error)}`))
    .on('data', ({ event }) => lines.push(`${event?.revision} ${event?.type}`));
  return lines;
}

/** Waits until a condition holds; the specification's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
