import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { connectEventStore, type RecordedEvent } from '#event-store';
import { comparePositions } from '#kernel';
import { Random } from '../fixtures/random.js';
import { AppendingProcess, KillableEventStore } from './killable-event-store.js';

const rounds = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 20 : 3;
const clientCount = 4;
const appendsBeforeKill = 5;
const loadMillisecondsMax = 400;
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);

describe(`an event store killed with SIGKILL ${rounds} times under load from ${clientCount} processes (seed ${seed})`, () => {
  let folder = '';
  let node: KillableEventStore | undefined;
  let clients: readonly AppendingProcess[] = [];

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.kill()));
    await node?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('holds every acknowledged event once, in order, and no append half', async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-killed-store-'));
    const random = new Random(seed);
    const store = new KillableEventStore(folder);
    node = store;
    await store.start();
    clients = Array.from(
      { length: clientCount },
      (_, index) => new AppendingProcess(store.connectionString, `${index}`, 'daybook.shared'),
    );
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(clients.map((client) => client.acknowledgedMore(appendsBeforeKill)));
      await pause(random.between(0, loadMillisecondsMax));
      if (round === rounds - 1) break;
      await store.kill();
      await store.start();
    }
    // The last time the clients go as well, so that some appends are nobody's any more.
    const killed = clients.map((client) => client.kill());
    await store.kill();
    await Promise.all(killed);
    await store.start();

    const stored = await everyEvent(store.connectionString);
    const ids = stored.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    stored.forEach((event, index) => {
      const before = stored[index - 1];
      if (before) expect(comparePositions(event.position, before.position)).toBeGreaterThan(0);
    });
    expectAcknowledged(stored, clients);
    const unacknowledged = expectNothingHalf(ids, clients);
    console.log(
      `${ids.length} events, ${clients.flatMap((client) => client.acknowledgements).length} appends acknowledged, ${unacknowledged} begun and not acknowledged`,
    );
  });
});

async function everyEvent(connectionString: string): Promise<readonly RecordedEvent[]> {
  const reader = connectEventStore({ connectionString, access: 'read' });
  try {
    const events: RecordedEvent[] = [];
    const request = { streamPrefix: 'daybook.', after: 'start' } as const;
    for await (const event of reader.readAll(request)) events.push(event);
    return events;
  } finally {
    await reader.close();
  }
}

/** Every acknowledged event stands where the acknowledgement said, and streams have no gaps. */
function expectAcknowledged(
  stored: readonly RecordedEvent[],
  clients: readonly AppendingProcess[],
): void {
  const streams = new Map<string, string[]>();
  for (const { stream, revision, eventId } of stored) {
    const eventIds = streams.get(stream) ?? [];
    expect(revision).toBe(eventIds.length);
    eventIds.push(eventId);
    streams.set(stream, eventIds);
  }
  for (const { acknowledgements } of clients) {
    for (const { stream, lastRevision, acknowledged } of acknowledgements) {
      const first = lastRevision - acknowledged.length + 1;
      expect(streams.get(stream)?.slice(first, lastRevision + 1)).toEqual(acknowledged);
    }
  }
}

/** Each append that was begun is there whole and in one piece, or not at all; how many nobody acknowledged. */
function expectNothingHalf(
  storedIds: readonly string[],
  clients: readonly AppendingProcess[],
): number {
  const places = new Map(storedIds.map((eventId, index) => [eventId, index]));
  let unacknowledged = 0;
  for (const { acknowledgements, sent } of clients) {
    unacknowledged += sent.length - acknowledgements.length;
    for (const eventIds of sent) {
      const first = places.get(eventIds[0] ?? '');
      const expected = eventIds.map((_, index) =>
        first === undefined ? undefined : first + index,
      );
      expect(eventIds.map((eventId) => places.get(eventId))).toEqual(expected);
    }
  }
  expect(places.size).toBeLessThanOrEqual(
    clients.reduce(
      (sum, { sent }) => sum + sent.reduce((events, ids) => events + ids.length, 0),
      0,
    ),
  );
  return unacknowledged;
}
