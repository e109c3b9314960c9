import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listParkedKeys } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { opening, write } from './accounts-domain.js';
import { refusedAt } from './poison.js';
import { catchUp, emptyTables, endRuns } from './running.js';

const accountCount = 250;
/** So much a row that PostgreSQL refuses the first while most are still to be sent. */
const characters = 10_000;

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

describe('a COPY of which PostgreSQL refuses the first row', () => {
  it('ends there, with most rows unsent, and nothing but that row’s key is parked', async () => {
    await emptyTables(pool);
    const store = new InMemoryEventStore();
    write(store, opening);
    for (let number = 0; number < accountCount; number += 1) {
      const eventId = `${number}-${'x'.repeat(characters)}`;
      const leaf = `account-${number}`;
      write(store, { type: 'Deposited', eventId, leaf, amount: 7, currency: 'EUR' });
    }
    const strayErrors = watchForStrayErrors();
    const definition = refusedAt(({ leaf }) => leaf === 'account-0');
    const running = await catchUp(store, pool, accountCount + 1, {
      definition,
      batchEventsMax: 5_000,
    });
    expect(strayErrors()).toEqual([]);
    expect(running.progress).toMatchObject({ parkedKeys: 1, parkedEvents: 1 });
    expect(await listParkedKeys(pool, { groupName: 'accounts', generation: 1 })).toMatchObject([
      { key: 'account-0', code: 'rows_refused' },
    ]);
  });
});
