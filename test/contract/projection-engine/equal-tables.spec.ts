import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { equalTablesDump, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, type AccountsEvent, opening, reading, write } from './accounts-domain.js';
import { histories } from './histories.js';
import { briefLooks, catchUp, emptyTables, endLease, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

function storeOf(events: readonly AccountsEvent[]): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  for (const event of events) write(store, event);
  return store;
}

const tiny = { cachedFactsMax: 10, cachedReadersMax: 10, cachedRowsMax: 10 };

describe('the tables of a group', () => {
  it('are a function of the set of facts, whatever the order, the batches and the crashes', async () => {
    const deliveries = histories(30).chain((events) =>
      fc.record({
        events: fc.constant(events),
        order: fc.shuffledSubarray([...events], { minLength: events.length }),
        batchEventsMax: fc.integer({ min: 1, max: 12 }),
        crashesAfter: fc.array(fc.integer({ min: 1, max: events.length + 1 }), { maxLength: 2 }),
        cacheLimits: fc.constantFrom(undefined, tiny),
      }),
    );
    await fc.assert(
      fc.asyncProperty(deliveries, async (delivery) => {
        const { events, order, batchEventsMax, crashesAfter, cacheLimits } = delivery;
        const count = events.length + 1;
        await emptyTables(pool);
        await catchUp(storeOf(events), pool, count, { batchEventsMax: 1_000 });
        const atOnce = await equalTablesDump(pool, accounts);
        await emptyTables(pool);
        const store = storeOf(order);
        const options = { batchEventsMax, ...(cacheLimits && { cacheLimits }) };
        for (const crash of crashesAfter.sort((left, right) => left - right)) {
          await catchUp(store, pool, crash, options);
        }
        await catchUp(store, pool, count, options);
        expect(await equalTablesDump(pool, accounts)).toBe(atOnce);
        const verified = await verify({ store, pool, definition: accounts, ...reading });
        expect(verified).toMatchObject({ outcome: 'equal', applied: { events: count } });
      }),
      { numRuns: deep ? 1_000 : 40 },
    );
  });

  it('stay right while two runs contend for the group, and the older one is refused and waits', async () => {
    await fc.assert(
      fc.asyncProperty(histories(40), async (events) => {
        await emptyTables(pool);
        const store = storeOf(events);
        const count = events.length + 1;
        const older = new Running(store, pool, { batchEventsMax: 3, lease: briefLooks });
        await older.until(({ epoch }) => epoch === 1);
        const newer = new Running(store, pool, { batchEventsMax: 2, lease: briefLooks });
        await newer.until(({ state }) => state.state === 'standby');
        await endLease(pool);
        await newer.until(({ sequence, epoch }) => epoch === 2 && sequence >= count);
        write(store, { type: 'RateSet', eventId: 'last', leaf: 'rate-EUR', rate: 9 });
        await older.until(({ state }) => state.state === 'standby');
        await newer.until(({ sequence }) => sequence === count + 1);
        expect(await older.stop()).toEqual({ outcome: 'ended' });
        expect(await newer.stop()).toEqual({ outcome: 'ended' });
        const verified = await verify({ store, pool, definition: accounts, ...reading });
        expect(verified).toMatchObject({ outcome: 'equal', applied: { events: count + 1 } });
      }),
      { numRuns: deep ? 300 : 15 },
    );
  });
});
