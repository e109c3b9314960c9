import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { comparePositions } from '#kernel';
import { verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { emptyTables, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';

const eventsTotal = 2_500;

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
  await emptyTables(pool);
});
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

describe('a long catch-up', () => {
  it('to the end of the store has applied every event, and verify counts the same', async () => {
    const store = new InMemoryEventStore();
    let last = write(store, opening);
    for (let number = 1; number < eventsTotal; number += 1) {
      last = write(store, {
        type: 'Deposited',
        eventId: `d${number}`,
        leaf: `account-${number % 100}`,
        amount: number,
        currency: 'EUR',
      });
    }
    const running = new Running(store, pool, { batchEventsMax: 300 });
    await running.until(
      ({ position }) => position !== undefined && comparePositions(position, last.position) === 0,
    );
    await running.stop();

    expect(running.progress).toMatchObject({ sequence: eventsTotal, repeated: 0 });
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'equal',
      applied: { events: eventsTotal },
      stored: { events: eventsTotal },
    });
  });
});
