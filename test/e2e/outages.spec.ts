import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as timer } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectEventStore, type RecordedEvent } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { KillableEventStore } from '../crash/killable-event-store.js';
import {
  type RunningDaybook,
  startRunningDaybook,
  verification,
} from '../doubles/running-daybook.js';
import { StoppablePostgres } from '../doubles/stoppable-postgres.js';
import { Load } from './outage-load.js';

const outageMilliseconds = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 30_000 : 3_000;
const recoveryMilliseconds = 30_000;
const untilNoticedMilliseconds = 20_000;
const pollMilliseconds = 50;
const eventsBetween = 200;

type Store = 'eventStore' | 'database';

let postgres: StoppablePostgres;
let eventStore: KillableEventStore;
let eventStoreFolder: string;
let daybook: RunningDaybook;
let load: Load;

beforeAll(async () => {
  eventStoreFolder = await mkdtemp(join(tmpdir(), 'daybook-outage-'));
  eventStore = new KillableEventStore(eventStoreFolder);
  [postgres] = await Promise.all([StoppablePostgres.start(), eventStore.start()]);
  daybook = await startRunningDaybook({
    environment: {
      DATABASE_URL: postgres.connectionString,
      EVENTSTORE_URL: eventStore.connectionString,
    },
  });
  load = new Load(daybook);
});
afterAll(async () => {
  await daybook?.stop();
  await postgres?.stop();
  await eventStore?.kill();
  await rm(eventStoreFolder, { recursive: true, force: true });
});

/** What health says of each store, and whether Daybook calls itself ready. */
async function health() {
  const { status, body } = await daybook.get('/health/ready');
  const { checks } = body as {
    readonly checks: Readonly<Record<Store | 'projector', { readonly state: string }>>;
  };
  return {
    ready: status === 200,
    eventStore: checks.eventStore.state,
    database: checks.database.state,
    projector: checks.projector.state,
  };
}

/** Takes a store away under load, and waits until everything goes on by itself. */
async function outage(
  away: Store,
  take: () => Promise<void> | void,
  giveBack: () => Promise<void> | void,
): Promise<void> {
  await load.acknowledgedMore(eventsBetween);
  const isOver = timer(outageMilliseconds);
  await take();
  try {
    await expectAway(away, isOver);
  } finally {
    await giveBack();
  }
  const isBack = { ready: true, eventStore: 'reachable', database: 'reachable' };
  const late = { timeout: recoveryMilliseconds, interval: pollMilliseconds };
  await vi.waitFor(async () => expect(await health()).toMatchObject(isBack), late);
  await load.acknowledgedMore(eventsBetween);
}

/** Health says so soon, and still does when the time is over; what needs the other store is answered. */
async function expectAway(away: Store, isOver: Promise<unknown>): Promise<void> {
  const other = away === 'database' ? 'eventStore' : 'database';
  const isAway = { ready: false, [away]: 'failed', [other]: 'reachable' };
  const soon = { timeout: untilNoticedMilliseconds, interval: pollMilliseconds };
  await vi.waitFor(async () => expect(await health()).toMatchObject(isAway), soon);
  for (const path of ['/health/live', answeredWithout(away)]) {
    expect(await daybook.get(path)).toMatchObject({ status: 200 });
  }
  await isOver;
  expect(await health()).toMatchObject(isAway);
}

/** What needs the other store alone. */
function answeredWithout(away: Store): string {
  if (away === 'eventStore') return '/v1/trial-balance';
  const [first] = load.acknowledged.values();
  return `/v1/streams/${encodeURIComponent(first?.leaf ?? '')}`;
}

describe(`under load, an outage of ${outageMilliseconds / 1_000} seconds`, () => {
  it('of PostgreSQL is told by health as that of PostgreSQL, and ends by itself', async () => {
    await outage(
      'database',
      () => postgres.halt(),
      () => postgres.resume(),
    );
    expect(load.refusals.get('evidence_store_unavailable')).toBeGreaterThan(0);
  });

  it('of an event store that ends is told as that of the event store, and ends by itself', async () => {
    await outage(
      'eventStore',
      () => eventStore.stop(),
      () => eventStore.start(),
    );
  });

  it('of an event store that stands still is told as that of the event store, and ends by itself', async () => {
    await outage(
      'eventStore',
      () => eventStore.freeze(),
      () => eventStore.thaw(),
    );
  });

  it('loses and doubles nothing that was acknowledged, and the read models follow', async () => {
    await load.end();
    const stored = await everyEvent();
    const placeOf = ({ stream, revision }: RecordedEvent) => ({
      leaf: stream.slice(defaultLedgerPrefix.length),
      revision,
    });
    const scans = stored.filter(({ type }) => type === 'ShipmentScanned');
    expect(scans.length).toBe(load.acknowledged.size);
    expect(new Map(scans.map((scan) => [scan.eventId, placeOf(scan)]))).toEqual(load.acknowledged);
    const caughtUp = { ready: true, projector: 'caught_up' };
    const soon = { timeout: recoveryMilliseconds, interval: pollMilliseconds };
    await vi.waitFor(async () => expect(await health()).toMatchObject(caughtUp), soon);
    const verified = await verification(daybook.dataDirectory);
    expect(verified.output).toContain('No difference.');
    console.log(
      `${load.acknowledged.size} events; refused meanwhile: ${JSON.stringify(Object.fromEntries(load.refusals))}`,
    );
  });
});

async function everyEvent(): Promise<readonly RecordedEvent[]> {
  const reader = connectEventStore({
    connectionString: eventStore.connectionString,
    access: 'read',
  });
  try {
    const events: RecordedEvent[] = [];
    const request = { streamPrefix: defaultLedgerPrefix, after: 'start' } as const;
    for await (const event of reader.readAll(request)) events.push(event);
    return events;
  } finally {
    await reader.close();
  }
}
