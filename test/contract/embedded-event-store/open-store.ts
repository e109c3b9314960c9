import {
  EventStoreDBClient,
  jsonEvent,
  type AppendExpectedRevision,
  type EventData,
  type ResolvedEvent,
} from '@eventstore/db-client';
import {
  EmbeddedEventStore,
  type LogDirectory,
  type LogNotice,
  type StorageSizes,
} from '#embedded-event-store';
import { SimulatedDisk } from '../../doubles/simulated-disk.js';

/** The file of the first segment; small logs have no other. */
export const LOG_FILE = 'events-0000000000000020.log';

/** Bytes of a segment's header, behind which the position 20 lies. */
export const HEADER_BYTES = 32;
const LOG_START = 20;

/** The byte of the first segment's file at which a position lies. */
export function offsetOf(position: number): number {
  return HEADER_BYTES + position - LOG_START;
}

/** Little room ahead, so that logs stay small, and no seal as long as nothing is said of it. */
export const SMALL_STORAGE: StorageSizes = {
  roomBytes: 65_536,
  recentBytes: 1_048_576,
  idleMilliseconds: 3_600_000,
};

/** A node and the unmodified client that talks to it over TCP. */
export interface OpenStore {
  readonly store: EmbeddedEventStore;
  readonly client: EventStoreDBClient;
  /** What the store reported through `onFailure`. */
  readonly failures: readonly Error[];
  /** What it reported through `onNotice`, in order. */
  readonly notices: readonly LogNotice[];
  close(): Promise<void>;
}

interface StoreOptions {
  readonly now?: () => number;
  readonly storage?: StorageSizes;
}

export async function openStore(
  directory: LogDirectory = new SimulatedDisk(),
  options: StoreOptions = {},
): Promise<OpenStore> {
  const failures: Error[] = [];
  const notices: LogNotice[] = [];
  const store = await EmbeddedEventStore.open({
    storage: SMALL_STORAGE,
    ...options,
    directory,
    onNotice: (notice) => notices.push(notice),
    onFailure: (error) => failures.push(error),
  });
  const client = EventStoreDBClient.connectionString(store.connectionString);
  return {
    store,
    client,
    failures,
    notices,
    close: async () => {
      if (directory instanceof SimulatedDisk) directory.releaseSyncs();
      await client.dispose();
      await store.stop();
    },
  };
}

/** Runs a specification against an open store and closes it whatever happens. */
export async function withStore<Result>(
  run: (opened: OpenStore) => Promise<Result>,
  directory?: LogDirectory,
  options: StoreOptions = {},
): Promise<Result> {
  const opened = await openStore(directory, options);
  try {
    return await run(opened);
  } finally {
    await opened.close();
  }
}

/** Events `first`, `first + 1`, … of type T, told apart by their data. */
export function events(count: number, first = 0): EventData[] {
  return Array.from({ length: count }, (_, index) =>
    jsonEvent({ type: 'T', data: { number: first + index } }),
  );
}

/** Appends one event after another with exact revisions to a stream that does not exist yet. */
export async function appendEach(
  client: EventStoreDBClient,
  stream: string,
  appended: readonly EventData[],
): Promise<void> {
  for (const [index, event] of appended.entries()) {
    const expectedRevision: AppendExpectedRevision = index === 0 ? 'no_stream' : BigInt(index - 1);
    await client.appendToStream(stream, event, { expectedRevision });
  }
}

/** Everything of a read, as `revision type`, or the type of the error it ended with. */
export async function outline(
  read: AsyncIterable<ResolvedEvent>,
): Promise<readonly string[] | string> {
  const lines: string[] = [];
  try {
    for await (const { event } of read) lines.push(`${event?.revision} ${event?.type}`);
  } catch (error) {
    return errorType(error);
  }
  return lines;
}

/** The events of a read, errors thrown. */
export async function collect(read: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const resolved: ResolvedEvent[] = [];
  for await (const event of read) resolved.push(event);
  return resolved;
}

/** The client's name of an error. */
export function errorType(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'type' in error) return String(error.type);
  throw error;
}

/** What an append came to, in one line. */
export async function appendOutline(
  client: EventStoreDBClient,
  stream: string,
  appended: EventData | EventData[],
  expectedRevision: AppendExpectedRevision,
): Promise<string> {
  try {
    const result = await client.appendToStream(stream, appended, { expectedRevision });
    return `ok ${result.nextExpectedRevision}`;
  } catch (error) {
    const type = errorType(error);
    if (type !== 'wrong-expected-version') return type;
    const { expectedVersion, actualVersion } = error as {
      expectedVersion: unknown;
      actualVersion: unknown;
    };
    return `${String(expectedVersion)}≠${String(actualVersion)}`;
  }
}

/**
 * Comes back once every append sent before has reached the node: an append without a type follows
 * them on the same stream and is refused on sight.
 */
export async function allArrived(client: EventStoreDBClient): Promise<void> {
  const untyped = jsonEvent({ type: '', data: {} });
  const answer = await appendOutline(client, 'untyped', untyped, 'any');
  if (answer !== 'unknown') throw new Error(`An append without a type was answered '${answer}'.`);
}

/** Waits until a condition holds; the specification's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Appends once, so that there is room on the disk: the next append has no sync but its own. */
export async function makeRoom(client: EventStoreDBClient): Promise<void> {
  await client.appendToStream('room', events(1));
}
