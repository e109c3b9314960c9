import type { EventStoreReader, RecordedEvent, SubscriptionItem } from '#event-store';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SumsCompared, verify, verifySums } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { catchUp, emptyTables, endRuns } from './running.js';

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
beforeEach(() => emptyTables(pool));
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const currency = 'EUR';

/** Events of the categories bank, account, transfer and rate. */
function filledStore(): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  write(store, { type: 'Deposited', eventId: 'd1', leaf: 'account-a', amount: 50, currency });
  const transfer = { type: 'Transferred', from: 'account-a', to: 'account-b', currency } as const;
  write(store, { ...transfer, eventId: 't1', leaf: 'transfer-1', amount: 5, reference: 'r1' });
  write(store, { ...transfer, eventId: 't2', leaf: 'transfer-2', amount: 8, reference: 'r2' });
  write(store, { type: 'RateSet', eventId: 'x1', leaf: 'rate-EUR', rate: 2 });
  return store;
}

/** The same store, whose events are given and read with a change. */
function changed(
  store: InMemoryEventStore,
  change: (event: RecordedEvent) => readonly RecordedEvent[],
): EventStoreReader {
  return Object.assign(Object.create(store) as InMemoryEventStore, {
    async *readAll(...request: Parameters<InMemoryEventStore['readAll']>) {
      for await (const event of store.readAll(...request)) yield* change(event);
    },
    async *subscribeInBatches(...request: Parameters<InMemoryEventStore['subscribeInBatches']>) {
      for await (const items of store.subscribeInBatches(...request)) {
        const events = items.flatMap((item): readonly SubscriptionItem[] =>
          item.kind === 'event'
            ? change(item.event).map((event) => ({ kind: 'event', event }))
            : [item],
        );
        if (events.length > 0) yield events;
      }
    },
  });
}

async function compared(store: EventStoreReader): Promise<SumsCompared> {
  const report = await verifySums({ store, pool, definition: accounts, ...reading });
  if (report.outcome === 'refused') throw new Error(report.message);
  return report;
}

describe('sums of what was applied, by category', () => {
  it('are those of the store, whatever batches they came in', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5, { batchEventsMax: 2 });
    expect(await compared(store)).toMatchObject({
      mode: 'sums',
      outcome: 'equal',
      applied: { events: 5 },
      categoriesCompared: 4,
      categories: [],
    });
  });

  it('tell the category and the stream of an event that was skipped', async () => {
    const store = filledStore();
    const skipping = changed(store, (event) => (event.eventId === 't1' ? [] : [event]));
    await catchUp(skipping, pool, 4);
    const report = await compared(store);
    expect(report).toMatchObject({
      outcome: 'different',
      applied: { events: 4 },
      stored: { events: 5 },
      events: [{ kind: 'missing_event', leaf: 'transfer-1', revision: 0, eventId: 't1' }],
    });
    expect(report.categories).toMatchObject([
      { category: 'transfer', applied: { events: 1 }, stored: { events: 2 } },
    ]);
  });

  it('tell an event that the store does not hold any more', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    const bereft = changed(store, (event) => (event.eventId === 't2' ? [] : [event]));
    expect(await compared(bereft)).toMatchObject({
      outcome: 'different',
      categories: [{ category: 'transfer' }],
      events: [{ kind: 'extra_event', leaf: 'transfer-2', eventId: 't2' }],
    });
  });

  it('tell an event that the store holds with other content', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    const forged = changed(store, (event) =>
      event.eventId === 'd1'
        ? [{ ...event, data: { ...(event.data as object), amount: 51 } }]
        : [event],
    );
    expect(await compared(forged)).toMatchObject({
      outcome: 'different',
      categories: [{ category: 'account', applied: { events: 1 }, stored: { events: 1 } }],
      events: [{ kind: 'changed_event', leaf: 'account-a', revision: 0, eventId: 'd1' }],
    });
  });

  it('that were altered by other hands are told, though every event is there', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    await pool.query(
      `UPDATE projection_engine.category_sum SET digest_sum = digest_sum + 1 WHERE category = 'rate'`,
    );
    expect(await compared(store)).toMatchObject({
      outcome: 'different',
      categories: [{ category: 'rate' }],
      eventsTotal: 0,
    });
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      mode: 'full',
      outcome: 'different',
      categories: [{ category: 'rate' }],
      differencesTotal: 0,
    });
  });

  it('do not see a row that was altered: that takes the whole verification', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    await pool.query('DELETE FROM account_statements_v1_g1.transfer');
    expect(await compared(store)).toMatchObject({ outcome: 'equal' });
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'different',
    });
  });

  it('refuse a group that was never run', async () => {
    const store = filledStore();
    expect(await verifySums({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'refused',
      code: 'never_run',
    });
  });
});
